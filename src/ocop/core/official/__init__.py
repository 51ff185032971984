"""Official papers: described once, written as PDF and as an editable document."""
