"""What is fuzzed: each kind of thing that the program reads, the sound files it begins from, and how it is read."""

from __future__ import annotations

import atexit
import io
import shutil
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

from PIL import Image

import briefing
from briefing.compose.pictures import picture_of
from briefing.document.tree import Document
from briefing.errors import BriefingError, DataError, Problem
from briefing.files import inside
from briefing.formats.docx.house_report import house_report
from briefing.formats.docx.read_back import verify_docx
from briefing.formats.docx.writer import docx
from briefing.formats.html.page import page
from briefing.formats.html.read_back import verify_html
from briefing.limits import Limits, limited_by
from briefing.quotes.finding.paste import find_quotes
from briefing.quotes.read_any import saved_text_of
from briefing.quotes.saved_text import SavedTextError
from briefing.run.checks import compose_brief, judge, read_form
from briefing.run.ledger import parse
from briefing.run.load import load, read_settings
from briefing.run.verification import verify_folder
from briefing.schema import Settings
from briefing.source import override, read, read_rows
from briefing.themes.letters import check_letters
from briefing.themes.theme import Theme
from briefing.toml_file import read_toml
from tests.running import APART, EXAMPLES, ROOT, SMALL
from tests.security.fuzzing.mutations import (
    changed_archive,
    changed_data_file,
    changed_json,
    changed_pdf,
    changed_toml,
    changed_xml,
    edited_text,
)

CASES = ROOT / "tests" / "cases"
HOUSE = ROOT / "tests" / "docx" / "house"


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound file: its name, its bytes, and the folder whose other files it needs."""

    name: str
    data: bytes
    folder: Path | None = None

    @classmethod
    def of(cls, path: Path) -> Seed:
        return cls(path.name, path.read_bytes(), path.parent)


@dataclass(frozen=True)
class Target:
    """One kind of file. `read` reads the file at a path, and raises `BriefingError` for what it refuses; `weight` is its share of the inputs."""

    name: str
    weight: int
    seeds: Callable[[], list[Seed]]
    change: Callable[[Random, Seed, Path], tuple[str, bytes]]
    read: Callable[[Path], object]


def _by(*changes: Callable[[Random, bytes], bytes]) -> Callable[[Random, Seed, Path], tuple[str, bytes]]:
    def change(random: Random, seed: Seed, _: Path) -> tuple[str, bytes]:
        return seed.name, random.choice(changes)(random, seed.data)

    return change


_TEXTS = (".txt", ".md", ".eml", ".vtt", ".srt", ".yaml")
LARGE = 5_000
"""Bytes of a data file of which only some sections are taken, since reading all of it takes a second."""


def _change_data(random: Random, seed: Seed, scratch: Path) -> tuple[str, bytes]:
    suffix = "".join(Path(seed.name).suffixes)
    if random.random() < 0.35 and len(seed.data) < LARGE:
        return f"brief{suffix}", edited_text("yaml")(random, seed.data)
    data, suffix = changed_data_file(random, seed.data, suffix, scratch)
    return f"brief{suffix}", edited_text("yaml")(random, data) if random.random() < 0.1 else data


@cache
def theme() -> Theme:
    return Theme.load()


@cache
def document() -> Document:
    return compose_brief(ROOT / "assets" / "specimen")


@cache
def small_document() -> Document:
    return compose_brief(APART)


def _data_seeds() -> list[Seed]:
    briefs = [*CASES.glob("*/brief.yaml"), APART / "brief.yaml", *EXAMPLES.glob("**/brief.yaml")]
    broken = [path for path in (ROOT / "tests" / "broken").iterdir() if path.suffix in (".yaml", ".json")]
    return [Seed("brief.yaml", SMALL.encode()), *2 * [*map(Seed.of, sorted(briefs))], *map(Seed.of, sorted(broken))]


def read_data_file(path: Path) -> None:
    """As `briefing check` does; every fortieth sound brief is written and read back, too."""
    judged = judge(load(path), Settings(), theme())
    unshown = check_letters(judged.document, judged.loaded.source.values, theme())
    if unshown:
        raise DataError(judged.loaded.placed(unshown))
    _held(judged.loaded.warnings)
    _held(judged.report.problems)
    if crc32(path.read_bytes()) % 40 == 0:
        write_everything(judged.document)


def write_everything(tree: Document) -> None:
    """Write a brief as DOCX and as HTML, and hold both against it. Raises `AssertionError` when they say something else."""
    for data, verify in ((docx(tree, theme()).data, verify_docx), (page(tree, theme()), verify_html)):
        found = verify(tree, data)
        assert not found, "\n".join(map(str, found))


def _held(problems: Any) -> None:
    """Raise `AssertionError` for a warning of a brief that says no line."""
    for each in problems:
        assert each.place is not None and each.place.line, f"without a line: {each}"


_ROWS = b"region,number,title\nNorth,1,The north\nSouth,2,The south\n"
_LINES = b'{"region": "North", "title": "N", "number": 1}\n{"region": "South", "title": "T", "series": {"title": "S", "number": 2}}\n'
_FILLED = (SMALL.replace("A small brief", "'{{ title }} in {{ region|upper }}, {{ number|int + 1 }}'")).encode()


def _row_seeds() -> list[Seed]:
    return [Seed("rows.csv", _ROWS), Seed("rows.jsonl", _LINES)]


def _csv_seeds() -> list[Seed]:
    return [Seed.of(EXAMPLES / "basin-sitrep" / "data" / "river.csv")]


def _read_row_file(path: Path) -> None:
    rows = read_rows(path)
    for row in rows[:3]:
        load(path.with_name("brief.yaml.j2"), (), row)


def _read_template(path: Path) -> None:
    for row in read_rows(path.with_name("rows.csv")):
        load(path, (), row)


def _read_override(path: Path) -> None:
    sound = path.with_name("sound.yaml")
    sound.write_text(SMALL)
    override(read(sound), path.read_bytes().decode("utf-8", "surrogateescape").split("\n"))


def _read_saved(path: Path) -> None:
    with limited_by(Limits(saved_text_unpacked_bytes=20_000_000)):
        try:
            saved_text_of(path.read_bytes(), path.suffix).text.encode()
        except SavedTextError as error:
            if isinstance(
                error.__cause__, AttributeError | IndexError | KeyError | TypeError | AssertionError | RecursionError
            ):
                _refuse_own(error.__cause__)
            raise


def _refuse_own(cause: BaseException) -> None:
    """Raise the cause again when it is a slip of our own code, and no complaint of a library."""
    trace = cause.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is not None and "/briefing/" in trace.tb_frame.f_code.co_filename:
        raise cause


def _read_article(path: Path) -> None:
    find_quotes(path).yaml().encode()


def _saved_seeds(*suffixes: str) -> list[Seed]:
    folders = (EXAMPLES, CASES, ROOT / "docs" / "tutorial")
    found = [path for folder in folders for path in folder.rglob("sources/*") if path.suffix in suffixes]
    return list(map(Seed.of, sorted(found)))


def _read_reference(path: Path) -> None:
    data = path.read_bytes()
    house_report(data, theme().tokens)
    made = docx(small_document(), theme(), data, house=True)
    verify_docx(small_document(), made.data, house=True)


def _reference_seeds() -> list[Seed]:
    own = Seed("own.docx", docx(small_document(), theme()).data)
    return [own, *map(Seed.of, sorted(HOUSE.glob("*.docx")))]


_THEME = (ROOT / "templates" / "policy" / "theme.toml").read_bytes()


def _change_theme(random: Random, seed: Seed, _: Path) -> tuple[str, bytes]:
    change = {
        ".toml": random.choice((changed_toml, edited_text("toml"))),
        ".css": edited_text("css"),
        ".j2": edited_text("jinja"),
    }
    return seed.name, change[Path(seed.name).suffix](random, seed.data)


def _theme_seeds() -> list[Seed]:
    policy = ROOT / "templates" / "policy"
    files = [*policy.glob("*.toml"), policy / "screen.css", policy / "screen.html.j2", *policy.glob("blocks/*.j2")]
    return [Seed(str(path.relative_to(policy)), path.read_bytes()) for path in sorted(files)]


def _read_theme(path: Path) -> None:
    folder = path.parent if path.parent.name != "blocks" else path.parent.parent
    look = Theme.load(folder)
    data = page(small_document(), look)
    verify_html(small_document(), data)
    if path.suffix == ".toml":
        docx(small_document(), look)


def _form_seeds() -> list[Seed]:
    return list(map(Seed.of, sorted((ROOT / "templates" / "policy" / "forms").glob("*.toml"))))


def _read_settings(path: Path) -> None:
    read_settings(path.parent)


def _settings_seeds() -> list[Seed]:
    return [Seed("briefing.toml", _SETTINGS)]


_SETTINGS = b"""[rules]
undated-source = "off"
quote-altered = "error"
[limits]
saved_text_pages = 8000
"""


@cache
def _built() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="briefing-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "brief.yaml").write_text(SMALL)
    briefing.build(folder, formats=["docx", "html"])
    return folder


def _manifest_seeds() -> list[Seed]:
    return [Seed("manifest.json", (_built() / "out" / "manifest.json").read_bytes(), _built() / "out")]


def _read_manifest(path: Path) -> None:
    try:
        parse(path.read_bytes()).as_bytes()
    except ValueError as error:
        assert str(error)
    found = verify_folder(path.parent)
    assert "\n".join(found.lines()) and found.as_json()


def _picture_seeds() -> list[Seed]:
    made = []
    for kind, mode in (("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("JPEG", "RGB"), ("JPEG", "CMYK")):
        stream = io.BytesIO()
        Image.linear_gradient("L").convert("RGB" if mode == "P" else mode).convert(mode).save(stream, kind)
        made.append(Seed(f"map.{kind.lower()}", stream.getvalue()))
    return made


def _read_picture(path: Path) -> None:
    inside(path.parent, path.name, "figures[0].image")
    picture_of(path.read_bytes(), path.name)


def _data_of_csv(path: Path) -> None:
    load(path.with_name("brief.yaml"))


def _read_form(path: Path) -> None:
    read_form(read_toml(path))


_SET = b"title=A\nseries.number=3\nsources[0].title=x\nhandling.marking=TLP:RED"
_TARGETS = (
    Target("data", 34, _data_seeds, _change_data, read_data_file),
    Target("filled", 5, lambda: [Seed("brief.yaml.j2", _FILLED)], _by(edited_text("yaml", "jinja")), _read_template),
    Target("rows", 5, _row_seeds, _by(edited_text("csv")), _read_row_file),
    Target("set", 3, lambda: [Seed("set", _SET)], _by(edited_text("set")), _read_override),
    Target("csv", 3, _csv_seeds, _by(edited_text("csv")), _data_of_csv),
    Target("html", 10, partial(_saved_seeds, ".html"), _by(edited_text("html"), changed_xml), _read_saved),
    Target("text", 8, partial(_saved_seeds, *_TEXTS), _by(edited_text("mail", "html")), _read_saved),
    Target("docx", 5, partial(_saved_seeds, ".docx"), _by(changed_archive), _read_saved),
    Target("pdf", 4, partial(_saved_seeds, ".pdf"), _by(changed_pdf), _read_saved),
    Target("article", 3, partial(_saved_seeds, ".html", ".txt"), _by(edited_text("html")), _read_article),
    Target("reference", 1, _reference_seeds, _by(changed_archive), _read_reference),
    Target("theme", 1, _theme_seeds, _change_theme, _read_theme),
    Target("form", 2, _form_seeds, _by(changed_toml, edited_text("toml")), _read_form),
    Target("settings", 3, _settings_seeds, _by(changed_toml, edited_text("toml")), _read_settings),
    Target("manifest", 4, _manifest_seeds, _by(changed_json, edited_text("json")), _read_manifest),
    Target("picture", 3, _picture_seeds, _by(edited_text("picture")), _read_picture),
)
TARGETS = {each.name: each for each in _TARGETS}
LOCATED = frozenset({"data", "csv", "filled", "rows", "settings", "form"})
"""Kinds of input of which each fault has a line, but for those of a whole file."""
_OF_WHOLE_FILES = frozenset({"reference-document", "saved-text", "too-large", "encoding", "bad-image", "data-template"})


def faults_of(problems: tuple[Problem, ...], target: Target) -> list[str]:
    """What is wrong with what a refusal says: an internal fault, nothing at all, or a fault of data without a line."""
    found = [] if problems else ["it is refused without a word"]
    for each in problems:
        where = each.place is not None and each.place.line
        if each.code == "internal":
            found.append(f"internal: {each.message}")
        elif target.name in LOCATED and not where and each.code not in _OF_WHOLE_FILES:
            found.append(f"no line: {each}")
    return found


def outcome(target: Target, path: Path) -> tuple[str, list[str]]:
    """How reading the file at `path` ended, and what is wrong with that."""
    try:
        target.read(path)
    except BriefingError as error:
        return "refused", faults_of(error.problems, target)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        own = [frame for frame in traceback.extract_tb(error.__traceback__) if "/briefing/" in frame.filename]
        where = f"{own[-1].filename.rpartition('/briefing/')[2]}:{own[-1].lineno}" if own else ""
        return "fault", [f"{type(error).__name__} at {where} ({last.name}): {str(error)[:300]}"]
    return "read", []
