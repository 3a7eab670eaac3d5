"""`briefing pull`: what an editor did in Word stands in the data file, or in the report."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

import briefing as library
from briefing.pull.pulling import Pulled
from tests.pull.word_file import WordFile, bold, new_paragraph, remove
from tests.running import EXAMPLES, briefing

Change = Callable[[WordFile], object]


@cache
def built(name: str = "deposit-scheme") -> tuple[bytes, Path]:
    """The DOCX of an example, made once, and the folder of its brief."""
    folder = Path(mkdtemp(prefix="pull-")) / name
    shutil.copytree(EXAMPLES / name, folder)
    (output,) = library.build(folder, formats=["docx"]).outputs
    return output.path.read_bytes(), folder


@dataclass
class Desk:
    """A folder with a brief and copies of its document."""

    folder: Path

    @property
    def data(self) -> str:
        """The data file."""
        return (self.folder / "brief.yaml").read_bytes().decode()

    def rewrite(self, old: str, new: str) -> None:
        """Change the data."""
        assert old in self.data
        (self.folder / "brief.yaml").write_bytes(self.data.replace(old, new).encode())

    def edit(self, change: Change, name: str = "edited.docx", document: bytes | None = None) -> Path:
        """A copy of the document in which `change` was made."""
        file = WordFile(document or built()[0])
        change(file)
        path = self.folder / name
        file.saved(path)
        return path

    def pull(self, *paths: Path, **options: object) -> Pulled:
        """Pull them."""
        return library.pull_edits(paths, self.folder, **options)  # type: ignore[arg-type]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with the example of a submission."""
    folder = tmp_path / "brief"
    shutil.copytree(built()[1], folder, ignore=shutil.ignore_patterns("out"))
    return Desk(folder)


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    import difflib

    found = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[2:]
    return [line[1:] for line in found if line[0] == "-"], [line[1:] for line in found if line[0] == "+"]


def kinds(pulled: Pulled) -> list[tuple[str, str]]:
    """The outcomes by status and kind."""
    return sorted((each.status, each.kind) for each in pulled.outcomes)


def five(file: WordFile) -> None:
    """A word, bold, an item deleted, one added, a row moved."""
    file.replace(
        "deposit of 20 cents on plastic, metal and glass, with", "deposit of 25 cents on plastic, metal and glass, with"
    )
    file.replace("the scheme starts a year later", "the scheme starts a year later", run=bold)
    remove(file.find("No shop under 100 square metres has to take part"))
    last = file.find("Eighty-eight in a hundred")
    last.addnext(new_paragraph(last, "Two depots: still [closed] after midnight."))
    file.row("Settle the payment").addnext(file.row("Write round to Cabinet"))


def test_five_edits_are_five_changes(desk: Desk) -> None:
    before = desk.data
    pulled = desk.pull(desk.edit(five))
    assert kinds(pulled) == [("changed", kind) for kind in ("deleted", "moved", "new", "text", "text")]
    assert pulled.exit_code == 0 and pulled.is_written
    gone, new = lines_changed(before, desk.data)
    moved = [
        "  - id: write-round",
        "    step: Write round to Cabinet colleagues.",
        "    owner: Private Office",
        "    due: 2026-06-12",
    ]
    assert [line for line in gone if line not in moved] == [
        "  Officials recommend **option 2**: a deposit of 20 cents on plastic, metal and glass, with an opt-out for small shops. It",
        "    risk: The Bill misses the summer, and the scheme starts a year later.",
        "  - No shop under 100 square metres has to take part.",
    ]
    assert [line for line in new if line not in moved] == [
        "  Officials recommend **option 2**: a deposit of 25 cents on plastic, metal and glass, with an opt-out for small shops. It",
        "    risk: The Bill misses the summer, and **the scheme starts a year later**.",
        '  - "Two depots: still [closed] after midnight."',
    ]
    assert desk.pull(desk.edit(five)).count("changed") == 0, "pulling again changes nothing"


def test_nothing_changed_is_no_change(desk: Desk) -> None:
    before = desk.data
    pulled = desk.pull(desk.edit(lambda file: None))
    assert (pulled.outcomes, pulled.exit_code, desk.data) == ((), 0, before)


def test_no_mark_at_all_is_a_warning(desk: Desk) -> None:
    def change(file: WordFile) -> None:
        file.without_marks()
        five(file)

    pulled = desk.pull(desk.edit(change))
    assert [each for each in kinds(pulled) if each != ("note", "no-marks")] == [
        ("changed", kind) for kind in ("deleted", "moved", "new", "text", "text")
    ]
    assert ("note", "no-marks") in kinds(pulled)


def test_a_document_without_base_is_refused(desk: Desk) -> None:
    def change(file: WordFile) -> None:
        del file.parts["customXml/item1.xml"]
        file.parts["word/_rels/document.xml.rels"] = b"\n".join(
            line
            for line in file.parts["word/_rels/document.xml.rels"].replace(b"/>", b"/>\n").split(b"\n")
            if b"customXml" not in line
        )

    before = desk.data
    run = briefing("pull", desk.edit(change), "--into", desk.folder)
    assert run.code == 3 and "[no-base]" in run.err and desk.data == before
