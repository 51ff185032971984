"""The producer's classes: enrolment, tickets, materials, the test, certificates."""
