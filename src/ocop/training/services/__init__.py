"""Every write of training."""
