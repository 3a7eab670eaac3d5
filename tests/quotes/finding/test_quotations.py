"""What holds for every text, and the seven statements of the example's notes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from briefing.quotes.finding.extraction import Likelihood, quotations
from briefing.quotes.read_any import saved_text_of
from briefing.quotes.read_plain import read_plain
from tests.quotes.finding.said import found, words

NOTES = Path(__file__).parents[3] / "examples" / "iss-withdrawal" / "sources" / "article-notes.txt"

PIECES = st.sampled_from(
    [
        *"“”‘’\"'„«»‚‹›` ,.:;!?—-()\n",
        "\n\n",
        "Anna Bell",
        "said",
        "she",
        "the port",
        "It holds",
        "NASA",
        "workers’",
        "of",
        "and",
        "12",
        "был",
    ]
)
PLAIN_WORDS = st.lists(
    st.sampled_from(["the", "dam", "holds", "well", "Hull", "river", "42", "isn’t", "don't"]), min_size=4, max_size=12
)
PAIRS = st.sampled_from(["“”", '""', "«»", "„“", "»«"])


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_gives_quotations_that_stand_where_they_say(text: str) -> None:
    saved = read_plain(text.encode(), "")
    text, paragraphs = saved.text, saved.paragraphs
    places = [(0, 0)]
    for quotation in quotations(paragraphs):
        first = paragraphs[quotation.paragraph - 1]
        assert first.start <= quotation.start < quotation.end <= len(text)
        assert (quotation.start, quotation.end) == (quotation.pieces[0][0], quotation.pieces[-1][1])
        parts = quotation.text.split("\n\n")
        assert ["".join(text[start:end].split()) for start, end in quotation.pieces] == [
            "".join(part.split()) for part in parts
        ]
        assert quotation.speaker or not (quotation.role or quotation.organisation)
        assert bool(quotation.doubt) == (quotation.likelihood is Likelihood.LOW)
        places += quotation.pieces
    assert all(before[1] <= after[0] for before, after in pairwise(places))


@given(PLAIN_WORDS, PAIRS, st.sampled_from(["en", "de", "fr", "ru", "pl"]))
def test_words_between_matching_marks_are_found_exactly(quoted: list[str], marks: str, language: str) -> None:
    said = " ".join(quoted)
    (quotation,) = found(f"Bell: {marks[0]}{said}{marks[1]} and no more.", language)
    assert (quotation.text, quotation.matched) == (said, True)


def test_offsets_count_in_the_whole_text() -> None:
    text = "A headline\n\n  Anna Bell came.\n\n“It holds,” she said, “and\nit will.”"
    first, second = found(text)
    assert (text[first.start : first.end], first.paragraph) == ("It holds,", 3)
    assert (text[second.start : second.end], second.text) == ("and\nit will.", "and it will.")


def test_a_saved_text_can_be_given_as_it_was_read() -> None:
    saved = saved_text_of("Anna Bell came.\n\n“It holds,” she said.".encode(), ".txt")
    (quotation,) = quotations(saved.paragraphs)
    assert saved.text[quotation.start : quotation.end] == "It holds,"


def test_the_language_is_told_from_the_text() -> None:
    text = "Der Damm und die Stadt sind nicht in Gefahr. „Das ist ein guter Tag für die Stadt“, sagte Bürgermeisterin Anna Bell."
    (quotation,) = found(text, None)
    assert (quotation.speaker, quotation.verb) == ("Anna Bell", "sagte")


def test_the_example_notes_give_their_seven_statements_and_name_two_speakers_outright() -> None:
    quoted = found(NOTES.read_text(encoding="utf-8"), None)
    assert [(one.paragraph, one.text.split()[0], one.speaker) for one in quoted] == [
        (6, "The", "Borisov"),
        (11, "The", None),
        (12, "without", None),
        (13, "We", None),
        (16, "plunge", None),
        (19, "strongly", "NASA"),
        (21, "a", None),
    ]
    assert all(one.likelihood is Likelihood.LIKELY for one in quoted)


def test_a_text_without_full_stops_is_read_too() -> None:
    assert words("word " * 3000 + "“it holds well enough”") == ["it holds well enough"]
