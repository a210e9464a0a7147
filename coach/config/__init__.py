"""The settings file: read it, and change values in it without losing a comment."""
