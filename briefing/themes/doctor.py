"""What may be wrong with a theme that loads: colours that cannot be read, fonts that lack letters or may not go along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from briefing.errors import Problem, Severity, UsageError, did_you_mean
from briefing.resources import read_table
from briefing.themes.palette import faults
from briefing.themes.theme import Theme
from briefing.themes.typeface import FontMetrics, Licence, characters

_EVERY: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:!?()[]/%&+-–—‘’“”‚„«»‹›…§€£°·•"
"""The signs of any brief, whatever its language."""


def alphabets() -> dict[str, str]:
    """The letters of each language that fonts can be asked for, by its code (BCP 47)."""
    return read_table("briefing.themes", "alphabets.toml")


def checked_languages(tags: Sequence[str]) -> dict[str, str]:
    """The letters of each of the languages `tags`, ``de-AT`` as ``de``. Raises `UsageError` for one that is not known."""
    known = alphabets()
    for tag in tags:
        if tag.partition("-")[0].lower() not in known:
            what, hint = f"the letters of '{tag}' are not known", did_you_mean(tag, tuple(known), most=len(known))
            raise UsageError(Problem("bad-option", what, hint, option="--language"))
    return {tag: known[tag.partition("-")[0].lower()] for tag in tags}


def contrast_problems(theme: Theme) -> Iterator[Problem]:
    """A problem for each colour that text cannot be read in (WCAG 2.2, level AA), and for inks that are one grey."""
    for token, what in faults(theme.tokens.colour):
        hint = "make it darker; text needs 4.5 to 1, and two inks 1.8 to 1"
        if token == "edge":
            hint = "choose an edge between the accent and white in lightness"
        yield Problem("theme", what, hint, place=theme.place_of("colour", token))


def font_problems(theme: Theme, letters: dict[str, str]) -> Iterator[Problem]:
    """What each of its own font files lacks of the `letters` of languages, and what its licence bits (OS/2 fsType) forbid."""
    shown = {ord(each) for each in theme.characters()}
    for face, file in theme.fonts().items():
        path = theme.font_paths().get(face)
        if path is None:
            continue
        place = theme.place_of("font", face)
        has = characters(file.data)
        for language, own in {"any language": _EVERY, **letters}.items():
            wanted = dict.fromkeys(own + "".join(each.upper() for each in own if len(each.upper()) == 1))
            lacking = "".join(each for each in wanted if ord(each) not in has)
            if lacking:
                nowhere = "".join(each for each in lacking if ord(each) not in shown)
                what = f"'{path}' has no letter for “{lacking}” of {language}"
                then = "no other font has them, so that a brief with them is refused" if nowhere == lacking else ""
                hint = then or "they are set in a bundled font: choose a fuller file if they stand in your briefs"
                severity = Severity.ERROR if nowhere else Severity.WARNING
                yield Problem("missing-glyph", what, hint, place=place, severity=severity)
        for what in _forbidden(file.metrics()):
            said = f"the licence bits of '{path}' (OS/2 fsType) say that it {what}"
            hint = "ask its maker, or use another file"
            yield Problem("theme", said, hint, place=place, severity=Severity.WARNING)


def _forbidden(metrics: FontMetrics) -> Iterator[str]:
    """What licence bits forbid, and what follows."""
    if metrics.licence is Licence.RESTRICTED:
        follows = "Word files and HTML pages name it and do not carry it, so others see 'font.fallbacks'"
        yield f"{metrics.licence}: {follows}; PDF files must hold the letters they show, and would break its licence"
    elif not metrics.may_be_edited:
        yield f"{metrics.licence}: Word files name it and do not carry it, so others see 'font.fallbacks'"
    if not metrics.may_be_cut:
        yield "may be embedded whole only: PDF files and HTML pages hold the letters that they show, and no others"
