"""The two sample houses in `examples/houses/`, made again by the command that made them: `make houses`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.running import EXAMPLES, briefing

HOUSES = EXAMPLES / "houses"
COMMANDS: dict[str, tuple[str, ...]] = {
    "river-authority": (
        *("--from", "policy", "--colour", "#7a1f3d", "--logo", "crest.svg"),
        *("--office", "Merrow River Authority", "--unit", "Policy and Evidence"),
        *("--address", "12 Weir Street, Port Merrow", "--web", "https://river.merrow.example"),
    ),
    "school-inspectorate": (
        *("--from", "at-a-glance", "--colour", "#0f5b4f", "--logo", "crest.svg"),
        *("--office", "Inspectorate of Schools", "--unit", "Analysis Branch"),
        *("--address", "3 Rowan Court, Port Merrow", "--web", "https://schools.merrow.example"),
    ),
}
"""What each was made with, in a folder with its crest. The offices are invented."""


def made(name: str, folder: Path) -> Path:
    """The house `name`, made by the command below `folder`."""
    shutil.copy(HOUSES / name / "crest.svg", folder)
    run = briefing("themes", "new", name, *COMMANDS[name], cwd=folder)
    assert run.code == 0, run.err
    return folder / name


def main() -> None:
    """Make both, and put them in the place of those that are there."""
    for name in COMMANDS:
        with tempfile.TemporaryDirectory() as folder:
            for file in made(name, Path(folder)).iterdir():
                shutil.copy(file, HOUSES / name / file.name)


if __name__ == "__main__":
    main()
