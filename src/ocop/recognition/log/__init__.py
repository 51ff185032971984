"""The public log: what the register's events say, as entries that nobody can rewrite unseen.

`forms` says what an entry tells, `projection` which events give entries, `draining` takes events
in, `publishing` writes the files that anyone may copy, `auditing` holds all of it against the
tables. Rooms below never call it: it reads the events they record.
"""
