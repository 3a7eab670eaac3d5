"""Loading the engine (WeasyPrint 70): with the bundled fonts alone, without what its start-up wastes, and with its line
breaking mended.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes.util
import hashlib
import importlib.util
import io
import os
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from briefing.resources import assets_folder

BLANKS: Final = " \u00a0"
_SUSPICIOUS: Final = 0.5
"""A line filled to less than this part of its width is looked at again."""
_NEAR: Final = 0.5
"""Pixels: text no farther than this from where its block begins is at the beginning of a line."""
_BLOCK: Final = 3
_LINE: Final = 8
"""Where the block of the line, and what is on the line, stand among the arguments of `split_inline_level` after the third."""


def with_hanging_blanks(split_first_line: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's `split_first_line`, letting blanks at the end of the text hang.

    What it returns is a layout, a length, where to go on (None when all fits), a width, a height and a baseline.
    """

    def split(text: str, style: Any, context: Any, max_width: float | None, *others: Any, **options: Any) -> Any:
        found = split_first_line(text, style, context, max_width, *others, **options)
        _, _, resume, width, *_ = found
        if resume is None or max_width is None or text[-1:] not in BLANKS or width > max_width * _SUSPICIOUS:
            return found
        whole = split_first_line(text.rstrip(BLANKS), style, context, max_width, *others, **options)
        if whole[2] is not None or whole[3] > max_width:
            return found
        return split_first_line(text, style, context, None, *others, **options)

    return split


def with_known_line_starts(split_inline_level: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's `split_inline_level`, told by its place whether a box begins a line.

    Where the engine has put nothing on the line yet, it concludes that the line begins here.
    """

    def split(context: Any, box: Any, position_x: float, *others: Any) -> Any:
        given = list(others)
        if hasattr(box, "text") and not given[_LINE] and position_x > given[_BLOCK].content_box_x() + _NEAR:
            given[_LINE] = [(0, box)]
        return split_inline_level(context, box, position_x, *given)

    return split


class GlyphTexts(dict[int, str]):
    """What each glyph of an engine's font stands for, which is written into the PDF for whoever copies its text.

    Of a letter that is drawn as several glyphs, a base and its marks, the engine would give the whole to the last of
    them, for all its uses, and nothing to the others. Each stands for what the font itself says.
    """

    def __init__(self, font: Any) -> None:
        super().__init__()
        self._font = font

    def __setitem__(self, glyph: int, text: str) -> None:
        # What stands before U+0180 is one glyph in nearly every font, which then need not be looked into.
        is_plain = len(text) == 1 and text < "\u0180"
        if not text or (not is_plain and any(map(unicodedata.combining, unicodedata.normalize("NFD", text)))):
            text = self._own.get(glyph, text)
        super().__setitem__(glyph, text)

    @cached_property
    def _own(self) -> dict[int, str]:
        from fontTools.agl import toUnicode  # takes 0.1 s to load, and few texts need it
        from fontTools.ttLib import TTFont

        with TTFont(io.BytesIO(self._font.file_content), fontNumber=self._font.index, lazy=True) as opened:
            letters = {name: chr(letter) for letter, name in sorted((opened.getBestCmap() or {}).items(), reverse=True)}
            # A variant is named for what it stands for: ``gravecomb.case``.
            found = ((glyph, letters.get(name) or toUnicode(name)) for glyph, name in enumerate(opened.getGlyphOrder()))
            return {glyph: text for glyph, text in found if text}


def with_own_letters(font: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's `Font`, whose glyphs of one letter each stand for their own part of it."""

    def made(*arguments: Any) -> Any:
        it = font(*arguments)
        it.to_unicode = GlyphTexts(it)
        return it

    return made


_SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <config><rescan><int>0</int></rescan></config>
</fontconfig>
"""


def use_bundled_fonts() -> None:
    """Make fontconfig, in this process, see the bundled fonts and no others. The settings live as long as the process.

    fontconfig reads its settings once, when the engine is loaded.
    """
    folder = Path(tempfile.mkdtemp(prefix="briefing-fonts-"))
    settings = folder / "fonts.conf"
    fonts = escape(str(assets_folder() / "fonts"))
    settings.write_text(_SETTINGS.format(fonts=fonts, cache=escape(str(folder / "cache"))), encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(settings)
    os.environ.pop("FONTCONFIG_PATH", None)
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


def put_off(modules: Mapping[str, Iterable[str]]) -> None:
    """Let each of the `modules` load when one of its functions or classes, named here, is first called.

    The engine imports fontTools' subsetter, which takes 0.15 s, and has no use for it where HarfBuzz's is installed. It takes names from these
    modules as it loads, so that a lazy loader would load them at once.
    """
    stand_ins = {name: ModuleType(name) for name in modules if name not in sys.modules}

    def later(module: str, name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            for each, stand_in in stand_ins.items():
                if sys.modules.get(each) is stand_in:
                    del sys.modules[each]
            return getattr(importlib.import_module(module), name)(*arguments, **options)

        return call

    for module, stand_in in stand_ins.items():
        vars(stand_in).update({name: later(module, name) for name in modules[module]})
        sys.modules[module] = stand_in


def source_of_declarations() -> Path:
    """The file in which the engine declares the C libraries that it calls."""
    spec = importlib.util.find_spec("weasyprint")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "text" / "ffi.py"


@contextlib.contextmanager
def declarations_compiled_ahead() -> Iterator[None]:
    """Within this, the engine takes its declarations as they were compiled ahead, which spares reading C for 0.3 s.

    With a version of the engine or of cffi that they were not made for, it reads its own.
    """
    from briefing.formats.pdf.declarations import ARGUMENTS, SOURCE

    cffi: Any
    backend: Any
    cffi, backend = map(importlib.import_module, ("cffi", "_cffi_backend"))  # the engine brings them

    class Compiled(backend.FFI):  # type: ignore[misc]  # it has no types
        def cdef(self, text: str) -> None:
            """Everything is declared already."""

    if hashlib.sha256(source_of_declarations().read_bytes()).hexdigest() != SOURCE:
        yield
        return
    own = cffi.FFI
    with contextlib.suppress(ImportError):  # another version of cffi's own form
        compiled = Compiled("declarations", **ARGUMENTS)
        cffi.FFI = lambda: compiled
    try:
        yield
    finally:
        cffi.FFI = own


@contextlib.contextmanager
def libraries_by_file_name() -> Iterator[None]:
    """Within this, libraries are found by the linker under their file names alone.

    The engine tries several names for each library, the file name (``libpango-1.0.so.0``) late; for each name that fails Python asks ldconfig,
    gcc and ld, which takes half a second on Linux.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search
