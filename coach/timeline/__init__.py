"""A routine unrolled into intervals, and their signals and phrases. Pure: time is an argument."""
