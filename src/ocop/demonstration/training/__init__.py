"""Training of the demonstration province: three years of classes, and those to come."""
