"""What stands in the log of a server."""

import logging


class Line(logging.Filter):
    """One line instead of a trace: for what is no fault of ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info, record.exc_text = None, None
        return True
