"""Training in the office: courses, classes, the door, certificates, who still lacks a class."""
