"""The language of routine files: its keys and values, and the notation on one line."""
