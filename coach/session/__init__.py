"""A running session: its state, what is shown of it, and the shells that drive it."""
