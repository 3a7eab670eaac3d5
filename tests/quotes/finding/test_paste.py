"""What is pasted into a data file: it reads back, it verifies, and nobody is named who is not stated to have spoken."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from briefing.quotes.finding.extraction import Quotation, quotations
from briefing.quotes.finding.paste import as_json, as_quotes, as_yaml, locator
from briefing.quotes.lookup import look_up
from briefing.quotes.read_any import saved_text_of
from briefing.quotes.source_index import SourceIndex
from briefing.quotes.verdict import QuoteStatus
from briefing.schema.items import Quote
from tests.quotes.finding.said import found

ARTICLES = sorted((Path(__file__).parents[3] / "benchmarks" / "quote_extraction" / "articles").glob("*/*.txt"))

TEXT = """Anna Bell, the head of the Harbour Board, opened the gate.

“It holds,” she said. The sign read “Keep out: 'no' means no #1.”

“First.

“Second,” said Tom Reed.

The film “The Last Winter” was shown. “It holds, said the man."""


def test_a_list_to_paste() -> None:
    assert (
        as_yaml(found(TEXT), "gazette")
        == """\
# characters 61-70, 'she said'
- id: it-holds
  text: "It holds."
  speaker: TBC
  source: gazette
  locator: para 2
# characters 97-124, 'The sign read'
# holds a quotation at second hand: no
- id: sign-keep-out-no-means
  text: "Keep out: 'no' means no #1."
  speaker: the sign
  source: gazette
  locator: para 2
# characters 128-144, 'said Tom Reed'
- id: reed-first-second
  text: |-
    First.

    Second.
  speaker: Tom Reed
  source: gazette
  locator: paras 3–4
# characters 172-187
# unlikely to be a quotation: after 'film' a name, a title or a term is likelier
# fragment: true (part of a sentence)
- id: the-last-winter
  text: "The Last Winter"
  speaker: TBC
  source: gazette
  locator: para 5
# characters 201-210, 'said the man'
# a quotation mark is missing: check where the words begin and end
- id: man-it-holds
  text: "It holds"
  speaker: the man
  source: gazette
  locator: para 5
"""
    )


def test_the_list_reads_back_as_quotes_of_the_data_file() -> None:
    listed = YAML(typ="safe").load(as_yaml(found(TEXT), "gazette"))
    assert listed == as_quotes(found(TEXT), "gazette")
    assert [Quote.model_validate(item).speaker for item in listed][:2] == ["TBC", "the sign"]


def test_a_placeholder_stands_where_nobody_is_stated_to_have_spoken() -> None:
    quoted = found(TEXT)
    named = [quote["speaker"] != "TBC" for quote in as_quotes(quoted, "gazette")]
    assert named == [quotation.speaker is not None for quotation in quoted] == [False, True, True, False, True]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_every_pasted_quote_verifies_as_verbatim(article: Path) -> None:
    saved = saved_text_of(article.read_bytes(), ".txt")
    index = SourceIndex.of(saved)
    quotes = as_quotes(quotations(saved.paragraphs), "source")
    assert quotes
    assert [quote["text"] for quote in quotes if look_up(quote["text"], index).status is not QuoteStatus.VERBATIM] == []


def test_ids_differ_from_each_other_and_from_those_in_use() -> None:
    quoted = found("Anna Bell said: “It holds.”\n\nAnna Bell said: “It holds.”\n\n“Плотина стоит крепко.”")
    assert [quote["id"] for quote in as_quotes(quoted, "s", taken={"bell-it-holds"})] == [
        "bell-it-holds-2",
        "bell-it-holds-3",
        "quote-3",
    ]


@pytest.mark.parametrize(
    "text",
    ["«Плотина стоит», — сказала Анна Белл.", "“42 is the number of them all,” said Li.", "“" + "Wörter " * 60 + "”"],
)
def test_ids_are_ids_whatever_was_said(text: str) -> None:
    (quotation,) = found(text, None)
    (quote,) = as_quotes([quotation], "gazette")
    assert Quote.model_validate(quote).id == quote["id"]


def test_a_sentence_that_goes_on_keeps_its_comma() -> None:
    quoted = found("“It holds,” said Anna Bell, “and it will.” “It does,” she said.")
    assert [quote["text"] for quote in as_quotes(quoted, "s")] == ["It holds,", "and it will.", "It does."]


def test_an_empty_list() -> None:
    assert as_yaml([], "gazette") == "[]\n"


def test_the_json_holds_what_the_data_file_has_no_key_for() -> None:
    (item,) = as_json(found("Anna Bell said it “holds well”."), "gazette")
    assert item == {
        "quote": {
            "id": "bell-holds-well",
            "text": "holds well",
            "speaker": "Anna Bell",
            "source": "gazette",
            "locator": "para 1",
        },
        "said": "holds well",
        "speaker": "Anna Bell",
        "verb": "said",
        "attribution": "Anna Bell said",
        "paragraph": 1,
        "last_paragraph": 1,
        "page": None,
        "start": 19,
        "end": 29,
        "pieces": [[19, 29]],
        "fragment": True,
        "continues": False,
        "matched": True,
        "likelihood": "likely",
        "doubt": "",
        "nested": [],
    }


def test_pages_are_the_locator_where_there_are_any(paged: Quotation) -> None:
    assert locator(paged) == "pp. 3–4"


@pytest.fixture
def paged() -> Quotation:
    from briefing.quotes.saved_text import Block, from_blocks

    saved = from_blocks([Block("“First.", 3), Block("“Second,” said Anna Bell.", 4)], "")
    (quotation,) = quotations(saved.paragraphs, "en")
    return quotation
