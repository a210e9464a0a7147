"""The history for people and for other programs."""
