"""Quotations as they go into a data file: YAML to paste under `quotes:`, or plain values for JSON.

What the data file has no key for (the words of the attribution, a missing mark, a fragment) stands in comments.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from briefing.quotes.finding.extraction import UNKNOWN_SPEAKER, Likelihood, Quotation
from briefing.quotes.verdict import Location

_LONGEST_ID = 50
_WORDS_IN_ID = 4
_WIDE = 1_000_000


def as_yaml(found: Sequence[Quotation], source: str, *, taken: Collection[str] = ()) -> str:
    """The quotations as a YAML list to paste under `quotes:`.

    `source` is the id of the source in the data file; `taken` are ids that are in use there already. Ends with a line break; an empty
    list is `[]`.
    """
    items = CommentedSeq()
    for number, (quotation, quote) in enumerate(zip(found, as_quotes(found, source, taken=taken), strict=True)):
        item = CommentedMap(quote)
        item["text"] = (
            LiteralScalarString(quote["text"]) if "\n" in quote["text"] else DoubleQuotedScalarString(quote["text"])
        )
        items.append(item)
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
            "quote": quote,
            "said": quotation.text,
            "speaker": quotation.speaker,
            "verb": quotation.verb,
            "attribution": quotation.attribution,
            "paragraph": quotation.paragraph,
            "last_paragraph": quotation.last_paragraph,
            "page": quotation.page,
            "start": quotation.start,
            "end": quotation.end,
            "pieces": [list(piece) for piece in quotation.pieces],
            "fragment": quotation.fragment,
            "continues": quotation.continues,
            "matched": quotation.matched,
            "likelihood": str(quotation.likelihood),
            "doubt": quotation.doubt,
            "nested": list(quotation.nested),
        }
        for quotation, quote in zip(found, as_quotes(found, source, taken=taken), strict=True)
    ]


def as_quotes(found: Sequence[Quotation], source: str, *, taken: Collection[str] = ()) -> list[dict[str, str]]:
    """The quotations as items of the data file's `quotes`, with ids that differ from each other and from `taken`."""
    used = set(taken)
    quotes: list[dict[str, str]] = []
    for at, quotation in enumerate(found):
        goes_on = at + 1 < len(found) and found[at + 1].continues
        identifier = _free(_identifier(quotation), used)
        used.add(identifier)
        quote = {
            "id": identifier,
            "text": _ended(quotation, goes_on=goes_on),
            "speaker": quotation.speaker or UNKNOWN_SPEAKER,
            "role": quotation.role or "",
            "organisation": quotation.organisation or "",
            "source": source,
            "locator": locator(quotation),
        }
        quotes.append({key: value for key, value in quote.items() if value})
    return quotes


def locator(quotation: Quotation) -> str:
    """Where a quotation stands, in the form a verified quote records: 'para 6', 'paras 6–8', 'p. 3'."""
    place = Location(
        quotation.paragraph,
        quotation.last_paragraph,
        quotation.page,
        quotation.last_page,
        quotation.start,
        quotation.end,
    )
    return place.default_locator


def remarks(quotation: Quotation) -> tuple[str, ...]:
    """What a person must know of a find before using it, a line each; the first says where it stands."""
    attributed = f", '{_one_line(quotation.attribution)}'" if quotation.attribution else ""
    lines = [f"characters {quotation.start}-{quotation.end}{attributed}"]
    if quotation.likelihood is Likelihood.LOW:
        lines.append(f"unlikely to be a quotation: {quotation.doubt}")
    if not quotation.matched:
        lines.append("a quotation mark is missing: check where the words begin and end")
    if quotation.fragment:
        lines.append("fragment: true (part of a sentence)")
    if quotation.continues:
        lines.append("continues the quotation before it")
    lines += [f"holds a quotation at second hand: {_one_line(words)}" for words in quotation.nested]
    return tuple(lines)


def _ended(quotation: Quotation, *, goes_on: bool) -> str:
    """The comma before 'she said' becomes the full stop it stood for, unless the sentence goes on after the attribution.

    Where the closing mark is missing nothing shows that the comma closed a quotation, so it is only left out.
    """
    if goes_on or not quotation.text.endswith(","):
        return quotation.text
    return quotation.text[:-1] + ("." if quotation.matched else "")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _identifier(quotation: Quotation) -> str:
    """An id from the speaker's last name and the first words, in plain Latin letters; 'quote-6' where there are none."""
    speaker = _slug(quotation.speaker or "").split("-")[-1:]
    words = _slug(quotation.text).split("-")[:_WORDS_IN_ID]
    parts = [part for part in (*speaker, *words) if part]
    identifier = ""
    for part in parts:
        longer = f"{identifier}-{part}" if identifier else part
        if len(longer) > _LONGEST_ID - 4:
            break
        identifier = longer
    return identifier if identifier[:1].isalpha() else f"quote-{identifier or quotation.paragraph}"


def _slug(text: str) -> str:
    letters = (
        unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode("ascii")
    )
    return re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")


def _free(identifier: str, used: Collection[str]) -> str:
    if identifier not in used:
        return identifier
    number = 2
    while f"{identifier}-{number}" in used:
        number += 1
    return f"{identifier}-{number}"
