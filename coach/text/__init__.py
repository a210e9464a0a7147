"""Text that any screen or pipe may be given: clean, measured in cells, and in styled rows."""
