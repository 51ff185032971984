"""State support of producers: policies as dated data, budget lines, requests, payments, grants."""
