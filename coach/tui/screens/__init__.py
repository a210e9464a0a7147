"""The screens: each translates keys into commands and values into widgets."""
