"""How a session looks, as a pure function of what is happening and how large the terminal is."""
