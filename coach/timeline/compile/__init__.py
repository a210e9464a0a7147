"""From a routine to its timeline."""
