"""Past sessions: what was done, as the database keeps it and as figures and reports."""
