"""`make audit`: the licences of what comes along, and what is known against the locked versions."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tools.dependencies import LOCK, packages, refused


def licences() -> tuple[list[str], bool]:
    """What is said of the licences, and whether all are accepted."""
    faults = refused()
    return faults or [f"audit: the licences of {len(packages())} packages are accepted"], not faults


def advisories(program: str) -> tuple[list[str], bool]:
    """What `program`, which is pip-audit, finds known of the locked versions, and whether that is nothing.

    Where the database cannot be reached nothing is known, which is said, and is no fault.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [program, "--disable-pip", "--require-hashes", "-r", str(LOCK), "-f", "json", "-o", str(report)]
        done = subprocess.run(
            [*command, "--progress-spinner", "off"], capture_output=True, encoding="utf-8", check=False
        )
        if not report.is_file() or not report.stat().st_size:
            *_, why = ["", *(line for line in done.stderr.splitlines() if line.strip())]
            return [f"audit: NOT LOOKED UP: the database of advisories cannot be reached ({why.strip()[:200]})"], True
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return told(found["dependencies"])


def told(looked_up: list[dict[str, Any]]) -> tuple[list[str], bool]:
    """A line for each advisory in pip-audit's report and one for all packages that it could not look up, and whether there is no advisory."""
    known = [
        f"audit: {each['name']} {each['version']}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'no version'}"
        for each in looked_up
        for one in each.get("vulns", ())
    ]
    skipped = [each["name"] for each in looked_up if "skip_reason" in each]
    lines = [*known, f"audit: {len(known)} advisories are known of {len(looked_up) - len(skipped)} packages"]
    if skipped:
        named = ", ".join(skipped) if len(skipped) < len(looked_up) else "none is in the database that was reached"
        lines.append(f"audit: NOT LOOKED UP: {len(skipped)} of {len(looked_up)} packages ({named})")
    return lines, not known


def main() -> int:
    """Say what was asked for; 1 when something was found."""
    lines, sound = licences() if sys.argv[1:] == ["licences"] else advisories(sys.argv[2])
    print("\n".join(lines))
    return int(not sound)


if __name__ == "__main__":
    sys.exit(main())
