"""Which session comes next and how much it asks for, and why. The day is an argument everywhere."""
