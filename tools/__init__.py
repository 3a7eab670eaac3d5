"""What only developers run: makers of generated pages, pictures and golden files. Not shipped."""
