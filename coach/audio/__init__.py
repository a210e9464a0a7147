"""What is heard: a process of its own that plays each signal on its frame."""
