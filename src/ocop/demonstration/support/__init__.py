"""Support in the demonstration: money given since 2019, budget lines, requests on their way."""
