"""What any screen or pipe may be given: clean text, and rows of it."""
