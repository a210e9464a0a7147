"""The screens, built on Textual."""
