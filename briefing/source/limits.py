"""How much a data file may hold; far above any brief, far below what would hurt."""

from __future__ import annotations

LARGEST_FILE = 2_000_000
"""Bytes."""
DEEPEST = 40
"""Levels of lists and mappings."""
MOST_NODES = 200_000
"""Values in all, each alias counted as what it stands for."""
