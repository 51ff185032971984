"""The producer and traceability: own sales units, lots, places, stamps and diary."""
