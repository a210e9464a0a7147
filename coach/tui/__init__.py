"""What is seen: the screens, on Textual."""
