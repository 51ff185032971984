"""The face of messages and of the calendar: what everybody has ahead."""
