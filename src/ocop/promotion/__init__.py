"""Promotion: trade events, who takes part in them and on which booth."""
