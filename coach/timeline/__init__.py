"""What will happen: a routine unrolled into intervals, and the signals that belong to them."""
