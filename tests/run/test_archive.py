"""`latest` in an archive: forwards only, to what has passed, and never in somebody's way."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from briefing.errors import UsageError
from briefing.formats import Artifact
from briefing.run.archive import issue_folder, move_latest
from briefing.run.ledger import MANIFEST, Entry, Manifest, Output
from briefing.run.place import put_in_place
from tests.run.desk import Desk, entry_for


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    Desk(tmp_path)
    return tmp_path / "archive"


def publish(archive: Path, name: str, **values: Any) -> bool:
    """Put an issue in its place and move `latest`."""
    folder = issue_folder(archive, name)
    entry: Entry = replace(
        entry_for(archive.parent / "brief.yaml", folder, name), **{"series": "River Weekly", **values}
    )
    placed = put_in_place(folder, {f"{name}.pdf": Artifact("pdf", ".pdf", name.encode(), 1)}, entry)
    return move_latest(archive, placed.entry)


def shown(archive: Path) -> str:
    link = archive / "latest"
    assert link.is_symlink() and (link / MANIFEST).is_file()
    return str(link.readlink())


def test_it_leads_to_the_issue_by_a_relative_path(archive: Path) -> None:
    assert publish(archive, "river-012")
    assert shown(archive) == "river-012"
    moved = archive.rename(archive.with_name("elsewhere"))
    assert (moved / "latest" / "river-012.pdf").read_bytes() == b"river-012"


ISSUES: list[tuple[str, dict[str, Any]]] = [
    ("a-week", {"date": "2026-03-07", "number": 13}),
    ("b-month", {"date": "2026-03", "number": 20}),
    ("c-same-day", {"date": "2026-03-14", "number": None}),
    ("d-same-day", {"date": "2026-03-14", "number": 1}),
    ("e-same-number", {"date": "2026-03-14", "number": 1}),
]


@pytest.mark.parametrize("order", list(permutations(range(len(ISSUES)), 2)))
def test_it_moves_forwards_only_in_whatever_order_issues_come(archive: Path, order: tuple[int, ...]) -> None:
    by_age = [1, 0, 2, 3, 4]
    newest = -1
    for index in order:
        name, values = ISSUES[index]
        assert publish(archive, name, **values) == (by_age.index(index) > newest)
        newest = max(newest, by_age.index(index))
        assert shown(archive) == ISSUES[by_age[newest]][0]


def test_building_an_old_issue_again_does_not_move_it_back(archive: Path) -> None:
    publish(archive, "river-012", date="2026-03-07")
    publish(archive, "river-013", date="2026-03-14")
    assert not publish(archive, "river-012", date="2026-03-07", fingerprint="a" * 64)
    assert not publish(archive, "river-013", date="2026-03-14")
    assert shown(archive) == "river-013"


def test_it_does_not_move_to_what_has_not_passed(archive: Path) -> None:
    publish(archive, "river-012", date="2026-03-07")
    assert not publish(archive, "river-013", checks={"problems": [{"code": "quote-altered", "severity": "error"}]})
    entry = entry_for(archive.parent / "brief.yaml", archive / "river-014", "river-014")
    assert not move_latest(archive, entry), "there is no such issue in the archive"
    begun = replace(entry, series="River Weekly", pending=(Output("pdf", Path("river-014.pdf"), "a" * 64, 1, 1, 0),))
    (archive / "river-014").mkdir()
    (archive / "river-014" / MANIFEST).write_bytes(Manifest().with_entry(begun).as_bytes())
    assert not move_latest(archive, begun), "its files are not all in place"
    assert shown(archive) == "river-012"


def test_an_issue_that_was_taken_out_of_the_archive_does_not_hold_it_up(archive: Path) -> None:
    publish(archive, "river-013", date="2026-03-14")
    (archive / "river-013").rename(archive.parent / "withdrawn")
    assert publish(archive, "river-012", date="2026-03-07")
    assert shown(archive) == "river-012"


def test_what_somebody_else_put_there_is_left_alone(archive: Path) -> None:
    archive.mkdir()
    latest = archive / "latest"
    latest.mkdir()
    with pytest.raises(UsageError, match="not a link that briefing made"):
        publish(archive, "river-012")
    latest.rmdir()
    latest.write_bytes(b"")
    with pytest.raises(UsageError, match="not a link that briefing made"):
        publish(archive, "river-012")
    latest.unlink()
    for target, wrong in (("../other", "leads out of the archive"), ("plain", "has no record")):
        (archive / "plain").mkdir(exist_ok=True)
        latest.symlink_to(target)
        with pytest.raises(UsageError, match=wrong):
            publish(archive, "river-012")
        assert str(latest.readlink()) == target
        latest.unlink()


def test_a_link_whose_issue_has_a_broken_manifest_is_left_alone(archive: Path) -> None:
    publish(archive, "river-012", date="2026-03-07")
    (archive / "river-012" / MANIFEST).write_bytes(b"{")
    with pytest.raises(UsageError, match="is broken"):
        publish(archive, "river-013")
    assert str((archive / "latest").readlink()) == "river-012"


def test_one_archive_holds_one_series(archive: Path) -> None:
    publish(archive, "river-012", date="2026-03-07")
    with pytest.raises(UsageError, match="'River Weekly', and this is one of 'Harbour Weekly'"):
        publish(archive, "harbour-003", series="Harbour Weekly")
    with pytest.raises(UsageError, match="no series"):
        publish(archive, "leaflet", series=None)
    assert shown(archive) == "river-012"


def test_a_brief_cannot_stand_where_the_link_does(archive: Path) -> None:
    with pytest.raises(UsageError, match="another name"):
        issue_folder(archive, "Latest")
