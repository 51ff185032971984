"""How days and moments are read, in every form and filter and in both languages.

The first number of `11/12/2026` is the day. The framework's own formats of English read the month
first, and those of a language go before the settings: so each language has its module here
(FORMAT_MODULE_PATH), and both say the same. Each begins with the form that inputs are filled with.
"""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
DATETIME_INPUT_FORMATS = [
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
]
