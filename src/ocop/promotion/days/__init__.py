"""The days of an event: who came in, what was sold at the booths, what it cost, what it brought."""
