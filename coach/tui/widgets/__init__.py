"""The parts screens are made of: each takes a value and redraws only what differs from the last one."""
