"""Support of producers in the office."""
