"""The settings file: read, and written back without losing a comment."""
