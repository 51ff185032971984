"""Papers to print, sign and keep: each for whom its object may be seen."""
