"""What the operating system offers: folders, files, locks, the terminal, the editor, power, shutdown."""
