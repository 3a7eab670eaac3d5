"""The document tree: node kinds, walking it, reading it as a line of text, dumping it for people."""
