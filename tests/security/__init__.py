"""Hostile input and faults of the machine: what `docs/security.md` promises."""
