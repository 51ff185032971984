"""What ends when: the radar, the list behind it, the council's work to come, and campaigns."""
