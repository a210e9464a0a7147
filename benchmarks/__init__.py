"""What we measure, side by side in one run."""
