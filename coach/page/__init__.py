"""The page for the phone: a routine as one HTML file that runs without a server."""
