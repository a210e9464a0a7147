"""Plans: which session comes next, and why. Pure but for `shelf.py`: the day is an argument."""
