"""Fuzzing whatever the program reads: `python -m tests.security.fuzzing --help`."""
