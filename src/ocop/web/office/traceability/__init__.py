"""The office and traceability: what is sold, its lots, stamps, scans and events."""
