"""Trade events of the demonstration province: the last years, those going on, those to come."""
