"""Routine and exercise files on disk, shipped and the user's own."""
