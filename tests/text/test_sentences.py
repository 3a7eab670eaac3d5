"""Where sentences end, and where their characters stand in the text as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.rules.subject import own_sentences
from briefing.text.sentences import sentences
from tests.rules.subjects import subject


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Hale spoke.|Dr. Ann Oduya did not.",
        "It costs more, e.g. Steel.|It lasts.",
        "See para. 6 and No. 12 of it.|The answer is no.|We wait.",
        "J. R. R. Tolkien and A.B. Smith agreed.|So did we.",
        "The U.S. Senate sat.|It rose.",
        "It was 3.5 metres.|It is 4.",
        "“Why?” she asked.|Nobody knew.",
        "“It is so.” The mayor left.".replace("” The", "”|The"),
        "Steel, stone etc. are dear.|They are.",
        "It leaks, rots, etc.|Mend it.",
        "He waited... and left.|She stayed.",
        "Was it so?!|It was.",
        "A line without a stop\nAnother line".replace("\n", "|\n"),
        "水は待たない。|人は待つ。",
        "यह सच है।|हम रुकेंगे।",
        "Jan. 12 came.|It was cold in Jan.|Then spring.",
        "Acme Inc. Holdings paid.|It had to.",
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text: str) -> None:
    assert [sentence.text for sentence in sentences(text.replace("|\n", "\n").replace("|", " "))] == [
        part.strip() for part in text.split("|")
    ]


@given(st.text(alphabet="aB.!? \n“”1é。", max_size=60))
def test_sentences_stand_where_they_say_and_leave_nothing_out(text: str) -> None:
    found = list(sentences(text))
    assert all(text[sentence.start :].startswith(sentence.text) for sentence in found)
    assert "".join("".join(sentence.text.split()) for sentence in found) == "".join(text.split())


def test_words_are_counted_as_a_reader_counts_them() -> None:
    (sentence,) = sentences("The mayor’s well-known plan cost 1,250.5 crowns in 2026 – so far.")
    assert sentence.words == [
        "The",
        "mayor’s",
        "well-known",
        "plan",
        "cost",
        "1,250.5",
        "crowns",
        "in",
        "2026",
        "so",
        "far",
    ]


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("**It** is *very* likely [@report, p. 3] to rain; xyz.", "xyz"),
        ("See [the likely terms](https://example.org/xyz) and then xyz.", "then xyz"),
        ("- one\n- two *xyz*\n- three", "xyz"),
        ("1. 1 thing\n2. 2 things, xyz", "xyz"),
        ("One line\nand the next, xyz", "xyz"),
        ("A \\[bracket\\] (xyz)", "xyz"),
        ("Twice [@report; @report, p. 2]. Twice xyz.", "xyz"),
    ],
)
def test_a_word_is_found_in_the_text_as_typed(typed: str, word: str) -> None:
    values = {"summary": typed, "sources": [{"id": "report", "title": "The report"}]}
    last = [own for own in own_sentences(subject(values).brief) if word in own.sentence.text][-1]
    assert typed[last.typed_at[last.sentence.text.rindex(word)] :].startswith(word)


def test_what_is_quoted_is_blank_in_the_writers_own_words() -> None:
    (own,) = own_sentences(
        subject({"summary": "He said ‘it’s likely’, she “never”, and the mayor’s men no more."}).brief
    )
    assert own.own_words.split() == ["He", "said", ",", "she", ",", "and", "the", "mayor’s", "men", "no", "more."]
    assert len(own.own_words) == len(own.sentence.text) == len(own.typed_at)


def test_a_long_text_of_initials_is_read_in_one_go() -> None:
    """Each stop is looked at by itself: text that never ends a sentence must not be read again at each stop."""
    assert len(list(sentences("A. " * 15_000))) == 1
