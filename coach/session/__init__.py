"""What is happening: the state of a session, what is shown of it, and the shells that drive it."""
