"""Trade events for producers: what can be applied for, the own applications and booths."""
