"""Shared kernel: actor, action, events, refusals, folding, calendar, periods, attachments."""
