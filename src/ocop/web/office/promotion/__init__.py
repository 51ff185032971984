"""Trade events in the office: calls, applications, plans of booths, allocation, papers."""
