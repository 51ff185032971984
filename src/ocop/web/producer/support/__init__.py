"""Support on the producer's face."""
