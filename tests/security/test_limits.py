"""What is read is bounded, each limit has a setting, and each message names it."""

from __future__ import annotations

import re
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from briefing.apart import ApartProcess
from briefing.document.inlines import Text
from briefing.errors import UsageError
from briefing.formats.pdf.process import PdfProcess
from briefing.formats.rendering import CHARACTERS
from briefing.limits import Limits
from briefing.run.checks import check_all
from briefing.themes.theme import Theme
from tests.document.sample import sample
from tests.running import EXAMPLES, ROOT, SMALL, briefing, small_brief

FIXED = re.compile(r"^\| `(briefing[\w.]+)\.([A-Z_]+)` \| ([\d,]+) \|", re.MULTILINE)
ROW = re.compile(r"^\| `(\w+)` \| ([\d,]+) \|", re.MULTILINE)


def test_every_limit_stands_in_the_documentation() -> None:
    rows = ROW.findall((ROOT / "docs" / "security.md").read_text(encoding="utf-8"))
    assert Limits(**{name: int(value.replace(",", "")) for name, value in rows}) == Limits()
    assert len(rows) == len(Limits.__struct_fields__)


def test_every_fixed_limit_is_what_the_documentation_says() -> None:
    rows = FIXED.findall((ROOT / "docs" / "security.md").read_text(encoding="utf-8"))
    found = {f"{module}.{name}": getattr(import_module(module), name) for module, name, _ in rows}
    assert found == {f"{module}.{name}": int(value.replace(",", "")) for module, name, value in rows}
    files = {path.relative_to(ROOT).with_suffix(""): path for path in (ROOT / "briefing").rglob("*.py")}
    named = {
        f"{'.'.join(module.parts)}.{name}"
        for module, path in files.items()
        for name in re.findall(r"^(LARGEST_[A-Z]+)\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named - found.keys() == {"briefing.source.expressions.LARGEST_NUMBER"}


def test_a_setting_moves_a_limit_and_the_message_names_it(tmp_path: Path) -> None:
    figure = "figures:\n  - {image: map.png, caption: A map, alt: A map of the basin}\n"
    folder = small_brief(tmp_path / "brief", SMALL + figure)
    shutil.copy(EXAMPLES / "veska-flood-storage" / "figures" / "basin-map.png", folder / "map.png")
    (result,) = check_all([folder])
    assert not result.exit_code
    (folder / "briefing.toml").write_text("[limits]\npicture_bytes = 100\n", encoding="utf-8")
    (result,) = check_all([folder])
    (problem,) = result.problems
    hint = "at most 100 are accepted, unless 'limits.picture_bytes' in briefing.toml or --limit picture_bytes=NUMBER says otherwise"
    assert hint in problem.hint
    (result,) = check_all([folder], limits=["picture_bytes=1000000"])
    assert not result.exit_code
    (folder / "briefing.toml").write_text("[limits]\ndata_file_bytes = 10\nsaved_test_bytes = 4\n", encoding="utf-8")
    (result,) = check_all([folder])
    (problem,) = result.problems
    assert str(problem).endswith(
        "briefing.toml:3:1: error: there is no limit 'saved_test_bytes'; did you mean 'saved_text_bytes'? [unknown-key]"
    )


def test_many_that_are_each_allowed_are_bounded_together(tmp_path: Path) -> None:
    figure = "  - {{image: {0}.png, caption: Map {0}, alt: A map of the basin}}\n"
    quote = "  - {{text: We will pay for {0} of it., speaker: Nora Tamm, source: s-{0}}}\n"
    source = "  - {{id: s-{0}, title: Minutes {0}, published: 2026-03-01, kind: primary, text: {0}.txt}}\n"
    lists = (("", source), ("figures:\n", figure), ("quotes:\n", quote))
    folder = small_brief(
        tmp_path / "brief", SMALL + "".join(f"{key}{row.format(1)}{row.format(2)}" for key, row in lists)
    )
    for number, size in ((1, (90, 100)), (2, (100, 100))):
        Image.effect_noise(size, 50).save(folder / f"{number}.png")
        (folder / f"{number}.txt").write_text(f"Nora Tamm said: “We will pay for {number} of it.”", encoding="utf-8")
    assert next(check_all([folder])).exit_code == 0
    (result,) = check_all([folder], limits=["pictures_pixels=18999"])
    assert [each.message for each in result.problems] == [
        "'2.png' cannot be used: with the pictures before it there are 19,000 pixels"
    ]
    assert "--limit pictures_pixels=NUMBER" in result.problems[0].hint
    assert next(check_all([folder], limits=["pictures_pixels=19000"])).exit_code == 0
    (result,) = check_all([folder], limits=["saved_texts_characters=83"])
    (problem,) = result.problems
    assert "'2.txt': with the saved texts before it there are 84 characters" in problem.message
    assert "--limit saved_texts_characters=NUMBER" in problem.hint
    assert next(check_all([folder], limits=["saved_texts_characters=84"])).exit_code == 0


def test_a_key_of_settings_with_many_names_is_refused_before_it_takes_memory(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief")
    (folder / "briefing.toml").write_text("\n" + "a." * 30_000 + "a = 1\n", encoding="utf-8")
    (result,) = check_all([folder])
    assert [(each.code, each.place.line if each.place else 0) for each in result.problems] == [("too-deep", 2)]


def test_lists_and_texts_may_be_as_long_as_the_call_says(tmp_path: Path) -> None:
    steps = "".join(f"  - {{title: Part {number}, body: It is there.}}\n" for number in range(501))
    folder = small_brief(
        tmp_path / "brief", f"{SMALL}sections:\n{steps}  - {{title: The last, body: {'It is long. ' * 5_000}}}\n"
    )
    refused = briefing("check", folder)
    assert refused.code == 3
    assert (
        "the list has 502 items; at most 500 are accepted" in refused.err and "--limit list_items=NUMBER" in refused.err
    )
    refused = briefing("check", folder, "--limit", "list_items=502")
    assert "the text has 59999 characters; at most 50,000" in refused.err and "limits.text_characters" in refused.err
    assert briefing("check", folder, "--limit", "list_items=502", "--limit", "text_characters=60000").code == 0
    wrong = briefing("build", folder, "--limit", "list_item=5", "--limit", "reading_seconds=soon")
    assert wrong.code == 2
    assert "there is no limit 'list_item'; did you mean 'list_items'?" in wrong.err
    assert "'soon' is no limit; give a whole number, reading_seconds=40" in wrong.err


def test_rendering_may_take_longer_the_longer_the_brief_is(monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = []
    monkeypatch.setattr(ApartProcess, "send", lambda *_, seconds, megabytes: allowed.append(seconds))
    document = sample()
    long = replace(
        document.sections[0], heading=replace(document.sections[0].heading, children=(Text("x" * CHARACTERS),))
    )
    for each in (document, replace(document, sections=(long, *document.sections[1:]))):
        process = PdfProcess()
        process.send(each, Theme.load("policy"))
        process.__exit__(None, None, None)
    assert allowed == [Limits().rendering_seconds, 2 * Limits().rendering_seconds]


def test_each_command_that_reads_names_what_moves_its_limits(tmp_path: Path) -> None:
    """Settings where it reads them, else its flag alone."""
    last = small_brief(tmp_path / "last", SMALL + "series: {title: Weekly, number: 1}\n")
    issue = small_brief(tmp_path / "issue", SMALL + "series: {title: Weekly, number: 2}\n")
    saved = tmp_path / "saved.txt"
    saved.write_text("She said: “We will pay.”", encoding="utf-8")
    for call, name in (
        (("quotes", saved), "saved_text_bytes"),
        (("finalise", saved), "reference_bytes"),
        (("reference", "check", saved), "reference_bytes"),
    ):
        refused = briefing(*call, "--limit", f"{name}=10")
        assert refused.code in (2, 3)
        assert f"at most 10 are accepted, unless --limit {name}=NUMBER says otherwise" in refused.err
        assert "at most" not in briefing(*call, "--limit", f"{name}=1000").err
    (issue / "briefing.toml").write_text("[limits]\ntext_characters = 10\n", encoding="utf-8")
    refused = briefing("diff", last, issue)
    assert refused.code == 3 and "unless 'limits.text_characters' in briefing.toml or --limit" in refused.err
    assert briefing("diff", last, issue, "--limit", "text_characters=1000").code == 0
    assert briefing("tree", issue).code == 3
    assert briefing("tree", issue, "--limit", "text_characters=1000").code == 0
    refused = briefing("next", issue, "--date", "2026-04-14")
    assert refused.code == 3 and "unless 'limits.text_characters' in briefing.toml or --limit" in refused.err
    (issue / "briefing.toml").write_text("[limits]\ndata_file_bytes = 3_000_000\n", encoding="utf-8")
    with (issue / "brief.yaml").open("a", encoding="utf-8") as file:
        file.write(f"# {'=' * 2_100_000}\n")
    assert briefing("next", issue, "--date", "2026-04-14", "--limit", "data_file_bytes=100").code == 3
    made = briefing(
        "next", issue, "--date", "2026-04-14", "-o", tmp_path / "next", "--limit", "data_file_bytes=3000001"
    )
    assert made.code == 0, made


def test_a_folder_that_is_no_theme_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep" / "deeper").mkdir(parents=True)
    for name in ("deep/a.css", "deep/deeper/b.css", "theme.toml", ".hidden"):
        (tmp_path / name).write_bytes(b"")
    theme = Theme.load(tmp_path)
    assert theme.digest() and [*theme.own_files()] == ["deep/a.css", "deep/deeper/b.css", "theme.toml"]
    monkeypatch.setattr("briefing.themes.theme.MOST_FILES", 4)
    with pytest.raises(UsageError, match="more than 4 files and folders; name the folder of the theme alone"):
        theme.digest()
    (tmp_path / "deep" / "a.css").write_bytes(b"12345")
    monkeypatch.setattr("briefing.themes.theme.MOST_FILES", 100)
    monkeypatch.setattr("briefing.themes.theme.MOST_BYTES", 4)
    with pytest.raises(UsageError, match="more than 4 bytes"):
        theme.digest()
