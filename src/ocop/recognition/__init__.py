"""The register of recognitions: decisions, validity, imports."""
