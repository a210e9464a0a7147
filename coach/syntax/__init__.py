"""YAML with places: a file as a tree of texts, and everything that is wrong with it. Knows no routine."""
