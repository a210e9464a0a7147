"""Text that is safe for any screen or pipe: clean, measured in cells, and in styled rows."""
