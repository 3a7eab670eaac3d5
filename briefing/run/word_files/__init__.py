"""What the program does to Word files that people edit, and what it keeps its hands off."""
