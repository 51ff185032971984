"""Pages of the centres that one keeps."""
