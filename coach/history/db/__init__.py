"""The history in SQLite: written as it happens, read without side effects, backed up."""
