"""Sound: a separate process that plays each signal at its frame."""
