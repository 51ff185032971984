"""The API: thin operations over the queries and services that the web uses."""
