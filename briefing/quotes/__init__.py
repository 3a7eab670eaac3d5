"""Quotes held against the saved texts of their sources. `docs/evidence.md` is the contract."""
