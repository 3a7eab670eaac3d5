"""The document in each format: a folder a format, which writes its files and reads them back.

Nothing here knows the schema, and no format knows another. Importing this package, or a format's own object, loads none
of the engines.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from briefing.document.tree import Document
    from briefing.errors import Problem
    from briefing.themes.theme import Theme

FORMATS: Final[Mapping[str, str]] = {
    "pdf": "briefing.formats.pdf.format:PdfFormat",
    "docx": "briefing.formats.docx.format:DocxFormat",
    "html": "briefing.formats.html.format:HtmlFormat",
}
"""Every format by its name, with the class that it is; in this order files are told."""
DEFAULT_FORMATS: Final = ("pdf", "docx")
"""What is built when no format is named."""
EDITED_FORMAT: Final = "docx"
"""The format that people edit."""
REDLINE_FORMAT: Final = EDITED_FORMAT
"""The format whose readers can accept and reject changes."""

PAGED_FORMAT: Final = "pdf"
"""The format whose pages are those that a brief may have so many of."""


class Layout(Struct, frozen=True):
    """How a document fills its pages, counted in lines of running text, whatever stands in their place.

    `pages` holds the lines of each page and `sections` those of each section, by its id; `last` is the share of the last
    page that is filled, from 0 to 1.
    """

    pages: tuple[float, ...]
    sections: Mapping[str, float]
    last: float


class Artifact(Struct, frozen=True):
    """One finished file in memory, from its writer to the ledger.

    `format` is the name of its format and `suffix` how its file's name ends (``.pdf``); `pages` is None for a format
    that has no pages of its own; `problems` are the warnings met in writing it; `layout` says how it fills its pages;
    `base` is the name of the build and what a file that is to be edited was built as.
    """

    format: str
    suffix: str
    data: bytes
    pages: int | None = None
    problems: tuple[Problem, ...] = ()
    layout: Layout | None = None
    base: tuple[str, bytes] | None = None


class Request(Struct, frozen=True):
    """What is to be written: a document, and the look that it gets.

    `reference` is the DOCX whose styles a word processor's file takes in place of the theme's, and `is_house` says that it is an office's own,
    whose paper counts, too; `reference_file` is where it was read from. With `earlier`, a state of the document from before, every change
    since then is tracked. `is_plain` asks for a file without marks of where its texts came from; a file that is to be edited carries
    of what was `typed` in the data, by path, what it prints.
    """

    document: Document
    theme: Theme
    reference: bytes | None = None
    is_house: bool = False
    earlier: Document | None = None
    reference_file: str = ""
    is_plain: bool = False
    typed: Mapping[str, str] | None = None


class Format(Protocol):
    """A format. It may keep something warm from one document to the next, so every thread has one of its own: see
    `Formats`.
    """

    name: ClassVar[str]
    suffix: ClassVar[str]
    is_apart: ClassVar[bool] = False
    """Whether its files are written in another process, so that this one can do other things meanwhile."""

    def start(self) -> None:
        """Get ready. Costs next to no time of this process, and may be called again."""

    def close(self) -> None:
        """Let go of what was kept."""

    def begin(self, request: Request) -> Callable[[], Artifact]:
        """Begin to write where writing is done elsewhere. What is given back must be called: it waits for the file, or
        writes it, as `write` does.
        """
        return lambda: self.write(request)

    @abstractmethod
    def write(self, request: Request) -> Artifact:
        """The finished file; equal requests give equal bytes.

        Raises `RenderError` when it cannot be made, `UsageError` when the theme or the reference document is at fault.
        """

    @abstractmethod
    def read_back(self, request: Request, data: bytes) -> tuple[Problem, ...]:
        """Everything in which the finished file departs from what was asked for; empty when they agree."""


def load_format(name: str) -> Format:
    """A new object of the format `name`, one of `FORMATS`, not started."""
    module, _, kind = FORMATS[name].partition(":")
    made: Format = getattr(import_module(module), kind)()
    return made


class Formats:
    """The formats that one thread writes with: each is loaded when it is first wanted, kept, and closed with the
    others.
    """

    def __init__(self) -> None:
        self._kept: dict[str, Format] = {}

    def ready(self, names: Iterable[str]) -> list[Format]:
        """The formats `names`, started."""
        found = []
        for name in names:
            if name not in self._kept:
                self._kept[name] = load_format(name)
            self._kept[name].start()
            found.append(self._kept[name])
        return found

    def close(self) -> None:
        """Close them all. Those that are asked for afterwards are new ones."""
        while self._kept:
            self._kept.popitem()[1].close()

    def __enter__(self) -> Formats:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
