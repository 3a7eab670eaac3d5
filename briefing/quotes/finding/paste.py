"""Quotations as they go into a data file: YAML to paste under `quotes:`, or plain values for JSON.

What the data file has no key for (the words of the attribution, a missing mark, a fragment) stands in comments.
"""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Collection, Sequence
from itertools import accumulate, chain, count, takewhile
from pathlib import Path
from typing import Any

from msgspec import Struct
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from briefing.errors import DataError, Place, Problem, UsageError
from briefing.quotes.finding.extraction import UNKNOWN_SPEAKER, Likelihood, Quotation, quotations
from briefing.quotes.read_any import read_saved_text
from briefing.quotes.saved_text import SavedTextError
from briefing.quotes.verdict import Location
from briefing.regular_files import is_file, kind_of_path, resolved
from briefing.schema.readers import LONGEST_ID
from briefing.unicode_forms import normalized

_LONGEST_ID = 50
_WORDS_IN_ID = 4
_WIDE = 1_000_000
_KNOWN = (
    *("speaker", "verb", "attribution", "paragraph", "last_paragraph", "page", "start", "end", "pieces"),
    *("fragment", "continues", "matched", "likelihood", "doubt", "nested"),
)
"""What the JSON says of a find beside the keys of the data file."""


class FoundQuotes(Struct, frozen=True):
    """The quotations of one source, in its order."""

    found: tuple[Quotation, ...]
    source_id: str

    def yaml(self) -> str:
        """A YAML list to paste under `quotes:`, what else is known of each in comments."""
        return as_yaml(self.found, self.source_id)

    def json(self) -> list[dict[str, Any]]:
        """The quotations as plain values, with speaker, verb, paragraph and offsets."""
        return as_json(self.found, self.source_id)


def find_quotes(source: str | Path, *, source_id: str | None = None, language: str | None = None) -> FoundQuotes:
    """Every direct quotation of the saved text at `source` (text, HTML, DOCX or PDF).

    `source_id` is the source's id in the data file, made of the file's name when left out; `language` is a BCP 47 tag, guessed when left out. Raises
    `UsageError` when there is no such file, `DataError` when it cannot be read.
    """
    path = Path(source)
    if not is_file(path) and kind_of_path(path) is None:
        raise UsageError(Problem("no-such-path", "there is no such file", "name a saved article", place=Place.of(path)))
    try:
        saved = read_saved_text(resolved(path).parent, resolved(path).name)
    except SavedTextError as error:
        raise DataError(problem.at(Place.of(path)) for problem in error.problems) from None
    # An id: letters, digits, '-' and '_', beginning with a letter.
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", path.stem).strip("-")[:LONGEST_ID].rstrip("-")
    return FoundQuotes(quotations(saved.paragraphs, language), source_id or (stem if stem[:1].isalpha() else "source"))


def as_yaml(found: Sequence[Quotation], source: str, *, taken: Collection[str] = ()) -> str:
    """The quotations as a YAML list to paste under `quotes:`.

    `source` is the id of the source in the data file; `taken` are ids that are in use there already. Ends with a line break; an empty
    list is `[]`.
    """
    items = CommentedSeq()
    for number, (quotation, quote) in enumerate(zip(found, as_quotes(found, source, taken=taken), strict=True)):
        scalar = LiteralScalarString if "\n" in quote["text"] else DoubleQuotedScalarString
        items.append(CommentedMap({**quote, "text": scalar(quote["text"])}))
        items.yaml_set_comment_before_after_key(number, before="\n".join(remarks(quotation)))
    writer = YAML()
    writer.width = _WIDE
    writer.allow_unicode = True
    stream = io.StringIO()
    writer.dump(items, stream)
    return stream.getvalue()


def as_json(found: Sequence[Quotation], source: str, *, taken: Collection[str] = ()) -> list[dict[str, Any]]:
    """The quotations as plain values: `quote` holds the keys of the data file, the rest says what is known of the find.

    Offsets count characters from 0 in the whole text, ends exclusive.
    """
    return [
        {
            **{"quote": quote, "said": one.text},
            **{name: getattr(one, name) for name in _KNOWN},
            **{"pieces": [list(piece) for piece in one.pieces], "nested": list(one.nested)},
        }
        for one, quote in zip(found, as_quotes(found, source, taken=taken), strict=True)
    ]


def as_quotes(found: Sequence[Quotation], source: str, *, taken: Collection[str] = ()) -> list[dict[str, str]]:
    """The quotations as items of the data file's `quotes`, with ids that differ from each other and from `taken`."""
    used = set(taken)
    quotes: list[dict[str, str]] = []
    for at, quotation in enumerate(found):
        goes_on = at + 1 < len(found) and found[at + 1].continues
        quote = {
            "id": _identifier(quotation, used),
            "text": _ended(quotation, goes_on=goes_on),
            "speaker": quotation.speaker or UNKNOWN_SPEAKER,
            "role": quotation.role or "",
            "organisation": quotation.organisation or "",
            "source": source,
            "locator": locator(quotation),
        }
        used.add(quote["id"])
        quotes.append({key: value for key, value in quote.items() if value})
    return quotes


def locator(quotation: Quotation) -> str:
    """Where a quotation stands, in the form a verified quote records: 'para 6', 'paras 6–8', 'p. 3'."""
    one = quotation
    return Location(one.paragraph, one.last_paragraph, one.page, one.last_page, one.start, one.end).default_locator


def remarks(quotation: Quotation) -> tuple[str, ...]:
    """What a person must know of a find before using it, a line each; the first says where it stands."""
    attributed = f", '{_one_line(quotation.attribution)}'" if quotation.attribution else ""
    unlikely = quotation.likelihood is Likelihood.LOW
    lines = (
        (True, f"characters {quotation.start}-{quotation.end}{attributed}"),
        (unlikely, f"unlikely to be a quotation: {quotation.doubt}"),
        (not quotation.matched, "a quotation mark is missing: check where the words begin and end"),
        (quotation.fragment, "fragment: true (part of a sentence)"),
        (quotation.continues, "continues the quotation before it"),
        *((True, f"holds a quotation at second hand: {_one_line(words)}") for words in quotation.nested),
    )
    return tuple(line for applies, line in lines if applies)


def _ended(quotation: Quotation, *, goes_on: bool) -> str:
    """The comma before 'she said' becomes the full stop it stood for, unless the sentence goes on after the attribution.

    Where the closing mark is missing nothing shows that the comma closed a quotation, so it is only left out.
    """
    if goes_on or not quotation.text.endswith(","):
        return quotation.text
    return quotation.text[:-1] + ("." if quotation.matched else "")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _identifier(quotation: Quotation, used: Collection[str]) -> str:
    """An id from the speaker's last name and the first words, in plain Latin letters, numbered where it is `used`; 'quote-6' without any."""
    speaker = _slug(quotation.speaker or "").split("-")[-1:]
    parts = filter(None, (*speaker, *_slug(quotation.text).split("-")[:_WORDS_IN_ID]))
    longer = takewhile(lambda one: len(one) <= _LONGEST_ID - 4, accumulate(parts, "{}-{}".format))
    identifier = next(iter(deque(longer, maxlen=1)), "")
    if not identifier[:1].isalpha():
        identifier = f"quote-{identifier or quotation.paragraph}"
    numbered = chain([identifier], (f"{identifier}-{number}" for number in count(2)))
    return next(one for one in numbered if one not in used)


def _slug(text: str) -> str:
    unaccented = normalized(re.sub("[’']", "", text), "NFKD").encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", unaccented.lower()).strip("-")
