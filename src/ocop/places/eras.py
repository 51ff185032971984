"""The days on which units changed."""

from datetime import date

#: Stands for "from before our lists": every unit has a first day, so the key never holds NULL.
BEGINNING = date(1900, 1, 1)
#: Hà Nội's earlier reorganisation (Resolution 1286/NQ-UBTVQH15).
HANOI_REORGANISED = date(2025, 1, 1)
#: The day districts ended and communes merged.
DISTRICTS_ENDED = date(2025, 7, 1)
