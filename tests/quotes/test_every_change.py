"""Changes made one at a time to true quotes: every one outside the contract is caught, none inside it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from briefing.quotes.lookup import look_up
from briefing.quotes.source_index import SourceIndex
from tests.quotes.asking import index_of

ARTICLE = """
Harbour board splits over the night ferry

The harbour board of Skerrow voted on Monday, by 7 votes to 5, to end the night ferry on 30 September. It was the third such vote in 18
months, and the first that nobody tried to stop.

“We cannot run a boat for eleven people and a dog,” said Maud Ferrier, who chairs the board. “It has cost £412,000 since 2021, it has
never once paid its way, and I will not ask the islands’ schools to make up the difference.”

Tobias Renck, the ferry’s master for 22 years, did not agree. “They count heads on a Tuesday in February – what did they expect? The
office sends me figures, and the figures are final; nobody comes aboard to look,” he said.

“If the board wants a cheaper boat, there is one: a 40-seat catamaran, built in 2016, for 1.9 million. I told them so in March. No one
wrote back,” Mr Renck added.

Islanders’ groups called the decision “a quiet betrayal”. Their statement reads: “Without the 23:40 crossing, a nurse who finishes at
eleven doesn’t get home until 7 the next morning. That is not a timetable – it’s a curfew.”

The council’s transport officer, Ines Oduya, said the difficulty was “not the boat, but the berth”: a well-known fault in the pier’s
north face, first noted in 1998, leaves only 2.4 metres of water at low tide. “You can’t float a 3-metre draught on that,” she said.

Ms Ferrier would not say whether the vote might be taken again. “Ask me in October,” she said, “when we’ve counted every penny.”
"""

QUOTES = [
    "We cannot run a boat for eleven people and a dog",
    "It has cost £412,000 since 2021, it has never once paid its way, and I will not ask the islands’ schools to make up the difference.",
    "They count heads on a Tuesday in February – what did they expect?",
    "The office sends me figures, and the figures are final; nobody comes aboard to look",
    "If the board wants a cheaper boat, there is one: a 40-seat catamaran, built in 2016, for 1.9 million.",
    "I told them so in March. No one wrote back",
    "a quiet betrayal",
    "Without the 23:40 crossing, a nurse who finishes at eleven doesn’t get home until 7 the next morning.",
    "That is not a timetable – it’s a curfew.",
    "not the boat, but the berth",
    "a well-known fault in the pier’s north face, first noted in 1998, leaves only 2.4 metres of water at low tide.",
    "You can’t float a 3-metre draught on that",
    "Ask me in October",
]

_WORD = re.compile(r"[A-Za-z]+(?:’[a-z]+)?")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_INNER_MARK = re.compile(r"[,;:.?–’](?=.*\w)")
_NEGATION = re.compile(r"\b(?:not|never|nobody|No|cannot)\b|n’t\b")


def _put(quote: str, match: re.Match[str], new: str) -> str:
    return quote[: match.start()] + new + quote[match.end() :]


def words_changed(quote: str) -> Iterator[str]:
    for match in _WORD.finditer(quote):
        yield _put(quote, match, "harbour")
        if len(match[0]) > 3:
            yield _put(quote, match, match[0][:-1])
            yield _put(quote, match, match[0][0] + match[0][2] + match[0][1] + match[0][3:])


def words_dropped_doubled_or_put_in(quote: str) -> Iterator[str]:
    words = list(_WORD.finditer(quote))
    for match in words[1:-1]:
        yield _put(quote, match, "").replace("  ", " ")
        yield _put(quote, match, f"{match[0]} {match[0]}")
        yield _put(quote, match, f"{match[0]} simply")


def words_swapped(quote: str) -> Iterator[str]:
    words = quote.split(" ")
    for index in range(len(words) - 1):
        if words[index] != words[index + 1]:
            yield " ".join([*words[:index], words[index + 1], words[index], *words[index + 2 :]])


def numbers_changed(quote: str) -> Iterator[str]:
    for match in _NUMBER.finditer(quote):
        number = match[0]
        last = str((int(number[-1]) + 1) % 10)
        yield _put(quote, match, number[:-1] + last)
        yield _put(quote, match, number + "0")
        yield _put(quote, match, "1" + number)
        if not number.isdigit():
            yield _put(quote, match, re.sub(r"\D", "", number))
            yield _put(quote, match, re.sub(r"\D", lambda mark: {",": ".", ".": ",", ":": "."}[mark[0]], number))
    if "£" in quote:
        yield quote.replace("£", "€")
        yield quote.replace("£", "")


def negations_changed(quote: str) -> Iterator[str]:
    for match in _NEGATION.finditer(quote):
        if match.start() == 0 and match[0] == "not":
            continue  # what is left is a true fragment; see below
        yield _put(quote, match, {"nobody": "somebody", "No": "Some", "cannot": "can"}.get(match[0], "")).replace(
            "  ", " "
        )
    for match in list(_WORD.finditer(quote))[1:]:
        yield _put(quote, match, f"not {match[0]}")


def marks_changed(quote: str) -> Iterator[str]:
    for match in _INNER_MARK.finditer(quote):
        if match[0] == "’":
            yield _put(quote, match, "")
            continue
        yield _put(quote, match, "").replace("  ", " ")
        yield _put(quote, match, "!")
        yield _put(quote, match, "," if match[0] != "," else ";")
    for match in re.finditer(r"(?<=\w) (?=\w)", quote):
        yield _put(quote, match, ", ")
        yield _put(quote, match, "-")
        yield _put(quote, match, "")
    for match in re.finditer(r"(?<=\w)-(?=\w)", quote):
        yield _put(quote, match, " ")
        yield _put(quote, match, "")


def ends_changed(quote: str) -> Iterator[str]:
    core = quote.rstrip(".?")
    yield f"{core}!"
    yield f"{core};"
    yield f"{core}..." if core.endswith("–") else f"{core} –"
    if quote.endswith("?"):
        yield core
        yield f"{core}."
    else:
        yield f"{core}?"


def case_changed(quote: str) -> Iterator[str]:
    for match in _WORD.finditer(quote):
        first = match[0][0]
        yield _put(quote, match, (first.lower() if first.isupper() else first.upper()) + match[0][1:])
        if len(match[0]) > 1:
            yield _put(quote, match, match[0].upper())


OUTSIDE: list[Callable[[str], Iterator[str]]] = [
    words_changed,
    words_dropped_doubled_or_put_in,
    words_swapped,
    numbers_changed,
    negations_changed,
    marks_changed,
    ends_changed,
    case_changed,
]


def other_marks(quote: str) -> Iterator[str]:
    yield quote.replace("’", "'")
    yield quote.replace("’", "ʼ")
    yield quote.replace("'", "‘")


def other_dashes(quote: str) -> Iterator[str]:
    for dash in ("-", "—", "−", " -- ", "--", "―"):
        yield quote.replace("–", dash)
    yield quote.replace(" – ", "—")
    yield quote.replace("-", "\u2011")
    yield quote.replace("-", "‐")
    yield re.sub(r"(?<=\w)-(?=\w)", "–", quote)


def other_spaces(quote: str) -> Iterator[str]:
    for space in ("\u00a0", "\u2007", "\u3000", "\u2009", "\u202f", "\n", "  ", "\t", "\r\n"):
        yield quote.replace(" ", space)


def other_letters(quote: str) -> Iterator[str]:
    yield quote.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ")
    yield unicodedata.normalize("NFD", quote)
    yield unicodedata.normalize("NFC", quote)
    yield re.sub(r"(?<=[a-z]{2})(?=[a-z]{2})", "\u00ad", quote)
    yield re.sub(r"(?<=[a-z]{2})(?=[a-z]{2})", "\u200b", quote)
    for match in re.finditer(r"(?<=[a-z]{2})(?=[a-z]{2})", quote):
        yield _put(quote, match, "\u00ad")


def other_ends(quote: str) -> Iterator[str]:
    if quote.endswith("?"):
        return
    core = quote.rstrip(".")
    yield core
    # Only where the words end at a mark of the source may one of the quote's own close them.
    if not core.endswith(("expect", "million")):
        yield f"{core}."


INSIDE: list[Callable[[str], Iterator[str]]] = [other_marks, other_dashes, other_spaces, other_letters, other_ends]


@cache
def article() -> SourceIndex:
    return index_of(ARTICLE)


def cases(changes: list[Callable[[str], Iterator[str]]]) -> list[tuple[str, str, str]]:
    return [
        (change.__name__, quote, changed)
        for change in changes
        for quote in QUOTES
        for changed in dict.fromkeys(change(quote))
        if changed != quote
    ]


@pytest.mark.parametrize("quote", QUOTES)
def test_the_quotes_are_true(quote: str) -> None:
    assert look_up(quote, article()).status == "verbatim"


@pytest.mark.parametrize("change", OUTSIDE, ids=lambda change: str(change.__name__))
def test_every_change_outside_the_contract_is_caught(change: Callable[[str], Iterator[str]]) -> None:
    missed = [
        changed
        for _, _, changed in cases([change])
        if look_up(changed, article()).status not in ("altered", "not found")
    ]
    assert missed == []


@pytest.mark.parametrize("change", INSIDE, ids=lambda change: str(change.__name__))
def test_no_change_inside_the_contract_is(change: Callable[[str], Iterator[str]]) -> None:
    refused = [changed for _, _, changed in cases([change]) if look_up(changed, article()).status != "verbatim"]
    assert refused == []


def test_a_fragment_without_the_not_before_it_is_doubted() -> None:
    (place, *_) = look_up("the boat, but the berth", article()).places
    assert [str(caution.doubt) for caution in place.cautions] == ["negation-cut-off"]


def test_what_was_altered_is_shown_beside_the_passage_it_was_made_from() -> None:
    astray = []
    for name, quote, changed in cases(OUTSIDE):
        finding = look_up(changed, article())
        (true, *_) = look_up(quote, article()).places
        near = finding.nearest
        overlaps = near is not None and near.start < true.end and true.start < near.end
        if near is None or not overlaps or not {"[-", "{+"} & {near.diff[at : at + 2] for at in range(len(near.diff))}:
            astray.append((name, changed))
    assert astray == []


def test_there_are_enough_changes_to_mean_something() -> None:
    assert len(cases(OUTSIDE)) >= 1_000
    assert len(cases(INSIDE)) >= 200
    for change in OUTSIDE:
        assert len(cases([change])) >= 20, change.__name__
