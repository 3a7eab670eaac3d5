"""What pulling must never do: lose an edit or a data file, or write where it was led to."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import briefing as library
from briefing.errors import BriefingError
from briefing.files import write_all
from briefing.pull import pulling
from briefing.pull.document_changes import changes_of
from briefing.pull.found_changes import DocumentChanges
from tests.pull.word_file import WordFile
from tests.running import SMALL, briefing, small_brief

WORD = "It is small"


def edited(folder: Path, new: str = "It is tiny") -> Path:
    """A small brief, built in `folder`, and its document edited in place."""
    small_brief(folder)
    (output,) = library.build(folder, formats=["docx"]).outputs
    file = WordFile(output.path.read_bytes())
    file.replace(WORD, new)
    file.saved(output.path)
    return output.path


def test_an_edit_whose_pull_could_not_be_written_is_still_an_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = edited(tmp_path / "b")
    held = document.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise BriefingError([])

    with monkeypatch.context() as patch:
        patch.setattr(pulling, "write_all", full)
        with pytest.raises(BriefingError):
            library.pull_edits([document])
    small_brief(tmp_path / "b", SMALL.replace(WORD, "It is minute"))
    briefing("build", "b", "-f", "docx", cwd=tmp_path)
    assert document.read_bytes() == held


def test_what_was_saved_while_the_document_was_read_is_not_noted_as_pulled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = edited(tmp_path / "b")

    def written(files: Mapping[Path, bytes], **options: bool) -> None:
        write_all(files, **options)
        file = WordFile(document.read_bytes())
        file.replace("tiny", "dwarfish")
        file.saved(document)

    monkeypatch.setattr(pulling, "write_all", written)
    assert library.pull_edits([document]).is_written
    held = document.read_bytes()
    assert briefing("build", "b", "-f", "docx", cwd=tmp_path).code == 4
    assert document.read_bytes() == held


def test_a_data_file_that_changes_meanwhile_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = edited(tmp_path / "b")
    other = SMALL.replace("A small brief", "Another title").encode()

    def meanwhile(*given: Any) -> DocumentChanges:
        (tmp_path / "b/brief.yaml").write_bytes(other)
        return changes_of(*given)

    monkeypatch.setattr(pulling, "changes_of", meanwhile)
    with pytest.raises(BriefingError, match="changed while"):
        library.pull_edits([document])
    assert (tmp_path / "b/brief.yaml").read_bytes() == other


@pytest.mark.parametrize("named", ["../victim/brief.yaml", "../../../victim/brief.yaml"])
def test_a_manifest_of_others_does_not_choose_what_is_written(tmp_path: Path, named: str) -> None:
    document = edited(tmp_path / "b")
    victim = small_brief(tmp_path / "victim") / "brief.yaml"
    came = tmp_path / "mail/a/b/c" if named.startswith("../../..") else tmp_path / "mail"
    came.mkdir(parents=True)
    shutil.copy(document, came)
    manifest = json.loads((document.parent / "manifest.json").read_text(encoding="utf-8"))
    for each in manifest["briefs"].values():
        each["data_file"] = os.path.relpath(victim, came) if named.startswith("../../..") else named
    (came / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    before = victim.read_bytes()
    run = briefing("pull", came / document.name, cwd=tmp_path)
    assert (run.code, victim.read_bytes()) == (2, before)
    assert "--into" in run.err
    assert briefing("pull", came / document.name, "--into", victim, cwd=tmp_path).code == 0


def test_a_build_that_went_elsewhere_is_found_by_its_manifest(tmp_path: Path) -> None:
    small_brief(tmp_path / "b")
    (output,) = library.build(tmp_path / "b", formats=["docx"], output_dir=tmp_path / "both").outputs
    file = WordFile(output.path.read_bytes())
    file.replace(WORD, "It is tiny")
    file.saved(output.path)
    assert library.pull_edits([output.path]).is_written


def loop(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.mark.parametrize("name", ["a\0b", "x" * 300, "loop"])
def test_a_manifest_that_names_no_file_is_told(tmp_path: Path, name: str) -> None:
    document = edited(tmp_path / "b")
    loop(document.parent / "loop")
    manifest = json.loads((document.parent / "manifest.json").read_text(encoding="utf-8"))
    for each in manifest["briefs"].values():
        each["data_file"] = name
    (document.parent / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    run = briefing("pull", document, cwd=tmp_path / "b/out")
    assert run.code == 2 and "[no-such-path]" in run.err


def test_a_limit_of_the_office_holds_for_a_pull(tmp_path: Path) -> None:
    document = edited(tmp_path / "b")
    (tmp_path / "b/briefing.toml").write_text("[limits]\ndata_file_bytes = 100\n", encoding="utf-8")
    run = briefing("pull", document, cwd=tmp_path)
    assert run.code == 3 and "[too-large]" in run.err
    assert briefing("pull", document, "--limit", "data_file_bytes=5000", cwd=tmp_path).code == 0


@pytest.mark.parametrize("options", [(), ("--json",), ("--dry-run",)])
def test_a_log_gets_no_words(tmp_path: Path, options: tuple[str, ...]) -> None:
    document = edited(tmp_path / "b", "It is quagga")
    run = briefing("pull", document, "--without-words", *options, cwd=tmp_path)
    assert run.code == 0
    assert "quagga" not in run.out + run.err and "small" not in run.out + run.err
    assert "brief.yaml" in run.out


def test_a_data_file_that_is_a_link_stays_one_and_as_private_as_it_was(tmp_path: Path) -> None:
    document = edited(tmp_path / "b")
    data_file, kept = tmp_path / "b/brief.yaml", tmp_path / "kept.yaml"
    data_file.rename(kept)
    kept.chmod(0o600)
    data_file.symlink_to(kept)
    assert library.pull_edits([document]).is_written
    assert (
        data_file.is_symlink() and kept.stat().st_mode & 0o777 == 0o600 and "tiny" in kept.read_text(encoding="utf-8")
    )
