"""Bring the golden trees up to date: `python -m tests.golden.make`. Read the difference before you commit it."""

from __future__ import annotations

from briefing.building import compose, dump_document
from tests.running import EXAMPLES, ROOT


def main() -> None:
    """Write the tree of every example."""
    for folder in sorted(EXAMPLES.iterdir()):
        if (folder / "brief.yaml").is_file():
            target = ROOT / "tests" / "golden" / f"{folder.name}.tree.txt"
            target.write_text(dump_document(compose(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
