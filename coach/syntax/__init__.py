"""YAML with places: read a file into a tree of texts, and report its problems. Knows no kind of file."""
