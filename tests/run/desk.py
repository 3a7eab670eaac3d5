"""A brief's folder with an output folder in it, and a ledger kept as a build keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from briefing.files import path_from
from briefing.formats import Artifact
from briefing.run.fingerprint import fingerprint
from briefing.run.ledger import Entry, hash_input, recorded
from briefing.run.place import Placed, edited_if_unchanged, put_in_place

OPTIONS: Mapping[str, Any] = {"formats": ["pdf", "docx"]}
VERSIONS = {"weasyprint": "70.0"}


def entry_for(data_file: Path, folder: Path, name: str = "river") -> Entry:
    inputs = tuple(
        hash_input(role, data_file.parent, path)
        for role, path in (("data", data_file.name), ("settings", "briefing.toml"), ("source", "saved.txt"))
    )
    return Entry(
        name=name,
        title="River",
        date="2026-03-14",
        number=None,
        series=None,
        data_file=path_from(folder, data_file),
        built="2026-03-14T09:26:53Z",
        fingerprint=fingerprint(inputs, OPTIONS, VERSIONS),
        versions=VERSIONS,
        options=OPTIONS,
        inputs=inputs,
        checks={},
        outputs=(),
    )


def files(text: str, *suffixes: str, name: str = "river") -> dict[str, Artifact]:
    return {
        f"{name}.{suffix}": Artifact(suffix, f".{suffix}", f"{suffix} {text}".encode(), None)
        for suffix in suffixes or ("pdf", "docx")
    }


class Desk:
    """A brief's folder with an output folder in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "out"
        self.data_file = folder / "brief.yaml"
        self.write("one")
        (folder / "saved.txt").write_text("saved", encoding="utf-8")

    def write(self, text: str) -> None:
        self.data_file.write_text(text, encoding="utf-8")

    def build(self, *suffixes: str, name: str = "river") -> Placed:
        text = self.data_file.read_text(encoding="utf-8")
        entry = entry_for(self.data_file, self.out, name)
        if suffixes:
            entry = replace(entry, fingerprint=fingerprint(entry.inputs, {"formats": suffixes}, VERSIONS))
        return put_in_place(self.out, files(text, *suffixes, name=name), entry)

    def unchanged(
        self, options: Mapping[str, Any] = OPTIONS, versions: Mapping[str, str] = VERSIONS
    ) -> tuple[str, ...] | None:
        """The names of the edited outputs of a brief that is unchanged; None when it has to be built."""
        entry = recorded(self.out, "river")
        return edited_if_unchanged(entry, self.out, self.data_file, options, versions) if entry else None

    @property
    def held(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.out.iterdir() if path.name != "manifest.json"}
