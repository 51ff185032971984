"""Scans of codes: counted from the journal, kept as daily sums, watched for what cannot be."""
