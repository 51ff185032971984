"""Registrations of products for a year; the dossiers come with the assessment."""
