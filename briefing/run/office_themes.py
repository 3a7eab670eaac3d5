"""Themes of offices: those that there are, one made out of a colour, a logo and a name, and what is wrong with one."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.document.tree import Document
from briefing.errors import BriefingError, ExitCode, Place, Problem, Severity, UsageError
from briefing.files import not_there, path_from, write_all
from briefing.formats import FORMATS, Artifact, Formats, Request
from briefing.regular_files import read_regular, unreadable
from briefing.resources import assets_folder, templates_folder, theme_names
from briefing.run.checks import SPECIMEN, composed, fails, office_of, theme_logo
from briefing.themes.doctor import checked_languages, contrast_problems, font_problems
from briefing.themes.palette import palette
from briefing.themes.theme import BASE, LARGEST_FILE, SETTINGS, Theme
from briefing.themes.tokens import ColourTokens, OfficeTokens

if TYPE_CHECKING:
    from PIL import Image

_COLOUR: Final = re.compile("#[0-9a-fA-F]{6}")


class NewTheme(Struct, frozen=True):
    """What was made: the theme's `folder`, the `accent` that the colour became, and the office's `name` where it is the folder's."""

    folder: Path
    accent: str | None
    name: str | None


def make_theme(
    path: str | Path,
    *,
    parent: str = BASE,
    colour: str | None = None,
    logo: str | Path | None = None,
    office: dict[str, str] | None = None,
    description: str = "",
) -> NewTheme:
    """Make the folder `path` with a `theme.toml` that inherits from `parent`, a theme or a folder.

    `colour`, as ``#7a1f3d``, gives the whole palette; `logo` is copied; `office` holds its ``name``, ``unit``, ``address`` and ``web``.
    Raises `UsageError` when one of them does not fit or something of that name is there, `RenderError` when the folder cannot be made.
    """
    folder = Path(path)
    if folder.exists() or folder.is_symlink():
        what, hint = "it is there already", "choose another name; nothing is overwritten"
        raise UsageError(Problem("already-exists", what, hint, place=Place.of(folder)))
    if colour is not None and not _COLOUR.fullmatch(colour):
        what = f"'{colour}' is not a colour"
        raise UsageError(Problem("bad-option", what, "write it as '#7a1f3d'", option="--colour"))
    inherited = Theme.load(parent)
    inherits = parent if parent in theme_names() else path_from(folder, Path(parent))
    held = {key: value for key, value in (office or {}).items() if value}
    files: dict[Path, bytes] = {}
    guessed = None
    if logo is not None:
        source = Path(logo)
        try:
            files[folder / source.name] = read_regular(source, LARGEST_FILE)
        except FileNotFoundError:
            fault = Problem("no-such-path", f"there is no logo '{logo}'", not_there(source), option="--logo")
            raise UsageError(fault) from None
        except OSError as error:
            fault = unreadable(error, f"the logo '{logo}'", "name the file of a picture")
            raise UsageError(replace(fault, option="--logo")) from None
        held["logo"] = source.name
        if not held.get("name") and not inherited.tokens.office.name:
            guessed = held["name"] = folder.name.replace("-", " ").replace("_", " ").strip().title() or "Our office"
    description = description or (f"The look of {held['name']}." if held.get("name") else "")
    colours = {} if colour is None else palette(colour)
    text = _settings(inherits, description, held, colours, colour)
    files[folder / SETTINGS] = text.encode(errors="replace")
    write_all(files)
    try:
        theme = Theme.load(folder)
        office_of(theme)
        theme_logo(theme)
    except BriefingError as error:
        shutil.rmtree(folder)
        lines = text.splitlines()
        raise UsageError(_of_call(problem, lines) for problem in error.problems) from None
    return NewTheme(folder, colours.get("accent"), guessed)


def _of_call(problem: Problem, lines: Sequence[str]) -> Problem:
    """The problem of a line that was written, as one of the option that the line came of."""
    line = problem.place.line if problem.place else 0
    key = lines[line - 1].partition(" ")[0] if line else "from"
    return replace(problem, place=None, option="--office" if key == "name" else f"--{key}")


def _settings(
    inherits: str, description: str, office: dict[str, str], colours: dict[str, str], colour: str | None
) -> str:
    """The text of a `theme.toml`: few lines, each with what it is for."""
    lines = [
        "# An office's look. Every token that is not named here is inherited; docs/themes.md lists them all.",
        "# Try a change with: briefing themes check FOLDER -o sheet.png",
        f"inherits = {_quoted(inherits)}",
    ]
    if description:
        lines.append(f"description = {_quoted(description)}")
    if office:
        lines += ["", "[office]                    # of every brief that names none"]
        lines += [f"{key} = {_quoted(office[key])}" for key in _names(OfficeTokens) if key in office]
    if colours:
        lines += ["", f"[colour]                    # all from {colour}; text has a contrast of 4.5 to 1 or more"]
        if colours["accent"] != (colour or "").lower():
            lines.append(f"# {colour} is too light for headings; accent is the nearest that can be read.")
        lines += [f"{key} = {_quoted(colours[key])}" for key in _names(ColourTokens) if key in colours]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string of TOML, which takes JSON's escapes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _names(table: Any) -> list[str]:
    return list(table.__dataclass_fields__)


class ListedTheme(Struct, frozen=True):
    """A theme that can be used: what `--theme` takes for it, and what it is for."""

    name: str
    description: str
    folder: Path

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {"theme": self.name, "description": self.description, "folder": str(self.folder)}


def list_themes(folder: str | Path | None = None) -> list[ListedTheme]:
    """The built-in themes, the default first, and those in `folder`, which may be one itself.

    Raises `UsageError` for a folder that is none or holds none, and with every fault of the settings of one in it.
    """
    found = [(name, templates_folder() / name) for name in sorted(theme_names(), key=lambda name: (name != BASE, name))]
    if folder is not None:
        above = Path(folder)
        own = [path for path in (above, *sorted(above.glob("*/"))) if (path / SETTINGS).is_file()]
        if not own:
            what = f"there is no theme in '{folder}'"
            raise UsageError(Problem("theme", what, f"a theme is a folder with a {SETTINGS}", place=Place.of(above)))
        found += [(str(path), path) for path in own]
    return [ListedTheme(name, Theme.load(name).tokens.description, path) for name, path in found]


_LANGUAGES: Final = ("en",)
"""Whose letters are looked for where no language is named."""
_SCALE: Final = 80 / 72
"""Pixels to a point on a contact sheet."""
_A_ROW: Final = 3
"""Pages beside each other."""
_EDGE: Final = 16
"""Pixels between pages."""
_TABLE: Final = "#8b9096"
"""What pages lie on."""


class ThemeCheck(Struct, frozen=True):
    """What was found of a theme, and where its contact `sheet` was written, if one was asked for."""

    name: str
    problems: tuple[Problem, ...]
    exit_code: ExitCode
    sheet: Path | None = None

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "theme": self.name,
            "exit_code": int(self.exit_code),
            "sheet": None if self.sheet is None else str(self.sheet),
            "problems": [problem.as_json() for problem in self.problems],
        }

    def line(self) -> str:
        """The same for people."""
        counts = [sum(each.severity is kind for each in self.problems) for kind in (Severity.ERROR, Severity.WARNING)]
        verdict = "cannot be used as it is" if self.exit_code else "can be used"
        found = f"{self.name}: {verdict}, {counts[0]} errors, {counts[1]} warnings"
        return found if self.sheet is None else f"{found}\nsheet: {self.sheet}"


def check_theme(
    name: str | Path = BASE, *, languages: Sequence[str] = (), sheet: str | Path | None = None, strict: bool = False
) -> ThemeCheck:
    """Examine the theme `name`, for briefs in `languages`; with `strict` a warning fails, too.

    A sample of every block is made in each format and read back; the PDF's pages are drawn side by side into the PNG `sheet`.
    Raises `UsageError` when there is no such theme, its settings are at fault or a language is not known, `RenderError` when the sheet cannot be
    written.
    """
    from briefing.formats.html.template_check import template_problems

    letters = checked_languages(languages or _LANGUAGES)
    theme = Theme.load(name)
    at_fault = [*template_problems(theme)]
    problems = [*contrast_problems(theme), *font_problems(theme, letters), *at_fault]
    made: list[Artifact] = []
    try:
        _, document = composed(assets_folder() / SPECIMEN, theme=theme)
        # A template that is at fault is told of once, with its place in the folder.
        problems += (each for each in _built(document, theme, made) if not (at_fault and each.code == "template"))
    except BriefingError as error:
        problems += error.problems
    written, paged = None, next((each.data for each in made if each.pages), None)
    if sheet is not None and paged is not None:
        written = Path(sheet)
        write_all({written: contact_sheet(paged)})
    told = tuple(dict.fromkeys(problems))
    code = ExitCode.CHECK if fails(told, strict=strict) else ExitCode.DONE
    return ThemeCheck(str(name), told, code, written)


def _built(document: Document, theme: Theme, made: list[Artifact]) -> Iterable[Problem]:
    """Write the document in every format into `made`, and give what was found in writing and in reading back."""
    found: list[Problem] = []
    request = Request(document, theme, theme.reference_document())
    with Formats() as formats:
        for each in formats.ready(FORMATS):
            try:
                artifact = each.write(request)
            except BriefingError as error:
                found += error.problems
                continue
            made.append(artifact)
            found += (*artifact.problems, *each.read_back(request, artifact.data))
    return found


def contact_sheet(pdf: bytes) -> bytes:
    """The pages of a PDF side by side, as a PNG."""
    import pypdfium2
    from PIL import Image

    from briefing.compression import png

    with pypdfium2.PdfDocument(pdf) as file:
        pages: list[Image.Image] = [page.render(scale=_SCALE).to_pil().convert("RGB") for page in file]
    width, height = (max(getattr(page, side) for page in pages) + _EDGE for side in ("width", "height"))
    rows = -(-len(pages) // _A_ROW)
    whole = Image.new("RGB", (min(len(pages), _A_ROW) * width + _EDGE, rows * height + _EDGE), _TABLE)
    for number, page in enumerate(pages):
        whole.paste(page, (number % _A_ROW * width + _EDGE, number // _A_ROW * height + _EDGE))
    return png(whole.quantize(128, dither=Image.Dither.NONE))
