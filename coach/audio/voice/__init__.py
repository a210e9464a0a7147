"""The voice: phrases turned into samples."""
