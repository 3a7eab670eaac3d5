"""Bring the golden trees up to date: `make goldens`. Read the difference before you commit it."""

from __future__ import annotations

from briefing.run.checks import compose_brief, dump_document
from tests.running import EXAMPLE_BRIEFS, EXAMPLES, ROOT


def main() -> None:
    """Write the tree of every example."""
    for name in EXAMPLE_BRIEFS:
        target = ROOT / "tests" / "golden" / f"{name.replace('/', '-')}.tree.txt"
        target.write_text(dump_document(compose_brief(EXAMPLES / name)), encoding="utf-8")


if __name__ == "__main__":
    main()
