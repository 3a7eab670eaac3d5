"""Locators as authors type them ('para 6', 'pp. 3–4'), held against where words stand in a saved text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from briefing.quotes.saved_text import SavedText
from briefing.quotes.verdict import Location

_PARAGRAPH: Final = r"paras?|paragraphs?|paragraphe|absatz|abs|abschn|rn|al(?:inéa)?|¶+"
_PAGE: Final = r"pages?|pp?|seiten?|ss?"
_LOCATOR = re.compile(
    rf"(?<!\w)(?:(?P<paragraph>{_PARAGRAPH})|(?P<page>{_PAGE}))\.?\s*(?P<first>\d{{1,6}})"
    r"(?P<more>(?:\s*(?:[-–—,&+]|and|to|und|bis|et|à)\s*\d{1,6}(?!\w))*)(?!\w)",
    re.IGNORECASE,
)
# A paragraph's own number, as judgments and reports print it.
_PRINTED = re.compile(r"[(\[]?(\d{1,4})(?:[.)\]]|\s)\s*(?=\S)")
_FEWEST_PRINTED: Final = 2
_LONGEST_RUNNING_LINE: Final = 80


class Places(NamedTuple):
    """What a locator names: paragraphs or pages, from `first` to `last`."""

    unit: str
    first: int
    last: int

    def overlap(self, first: int, last: int) -> bool:
        """Whether one of the places from `first` to `last` is among them."""
        return self.first <= last and first <= self.last


def places_in(locator: str) -> Places | None:
    """The places that a locator names; None where it names none or both paragraphs and pages, whose count begins anew on a page."""
    found = [
        Places("page" if match["page"] else "paragraph", int(match["first"]), _last(match[0]))
        for match in _LOCATOR.finditer(locator)
    ]
    # Of a list ('paras 2, 5 and 7') whatever lies between is let pass.
    return found[0] if len(found) == 1 and found[0].first <= found[0].last else None


def _last(words: str) -> int:
    """The highest number of a locator, in which 'pp. 123–5' are 123 to 125; 0 where they do not rise."""
    first, *more = re.findall(r"\d+", words)
    whole = [number if int(number) >= int(first) else first[: -len(number)] + number for number in more]
    return max(map(int, [first, *whole])) if all(int(number) >= int(first) for number in whole) else 0


def missing_in(saved: SavedText, locator: str) -> str:
    """What is named by a locator and is not in the source, as far as that can be known; empty when nothing is missing."""
    places = places_in(locator)
    if places is None:
        return ""
    pages = {paragraph.page for paragraph in saved.paragraphs if paragraph.page is not None}
    if places.unit == "page":
        printed = any(_prints(saved, page, places) for page in pages)
        there = not pages or places.overlap(1, max(pages)) or printed
        return "" if there else f"the source has {max(pages)} pages and none that is numbered {places.first}"
    numbered = places.overlap(1, len(saved.paragraphs)) or any(places.overlap(one, one) for one in _printed(saved))
    return (
        ""
        if numbered
        else f"the source has {len(saved.paragraphs)} paragraphs and none that is numbered {places.first}"
    )


def misplaced(saved: SavedText, locator: str, found: Location) -> str:
    """What is wrong with a locator beside words that stand at `found`; empty when nothing is, or nothing can be known."""
    places = places_in(locator)
    if places is None:
        return ""
    missing = missing_in(saved, locator)
    if not missing and (places.unit == "page") is (found.page is None):
        return ""
    if places.unit == "page":
        first, last = found.page or 1, found.last_page or found.page or 1
        right = places.overlap(first, last) or any(_prints(saved, page, places) for page in range(first, last + 1))
    else:
        body_numbers = [one.number for one in saved.paragraphs if not one.heading and _is_body(one.text)]
        counted = [sum(number <= one for number in body_numbers) for one in (found.paragraph, found.last_paragraph)]
        own = list(_printed(saved, found.paragraph, found.last_paragraph))
        right = places.overlap(found.paragraph, found.last_paragraph) or places.overlap(*counted)
        right = any(places.overlap(one, one) for one in own) if own else right
    if right:
        return ""
    return f"the words stand in {found.default_locator}, not in {locator}" + (f": {missing}" if missing else "")


def _printed(saved: SavedText, first: int = 1, last: int | None = None) -> Iterator[int]:
    """The numbers that paragraphs bear themselves; for some paragraphs, those under which they stand."""
    numbers = [(one.number, int(match[1])) for one in saved.paragraphs if (match := _PRINTED.match(one.text))]
    if len(numbers) < _FEWEST_PRINTED:
        return
    if last is None:
        yield from (number for _, number in numbers)
        return
    before = [number for at, number in numbers if at <= first]
    yield from before[-1:]
    yield from (number for at, number in numbers if first < at <= last)


def _prints(saved: SavedText, page: int, places: Places) -> bool:
    """Whether a page bears a number of its own in a line at its edge."""
    lines = (one.text for one in saved.paragraphs if one.page == page and len(one.text) <= _LONGEST_RUNNING_LINE)
    return any(
        places.overlap(int(number), int(number)) for line in lines for number in re.findall(r"\b\d{1,6}\b", line)
    )


def _is_body(text: str) -> bool:
    return text.rstrip()[-1:] in '.!?:;…”"’»' or len(text) > _LONGEST_RUNNING_LINE
