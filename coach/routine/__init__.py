"""What the user writes: routine and exercise files, from text to values."""
