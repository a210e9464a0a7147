"""Files of other programs: read into routines, and written from them."""
