"""The history in SQLite: written as it happens, read without leaving a trace, backed up."""
