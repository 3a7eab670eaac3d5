"""Precision and recall of the quotations and speakers that `briefing quotes` finds; see README.md beside this file.

Run from the top of the repository: `python benchmarks/quote_extraction/measure.py [--write] [--article PATH]`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from briefing.quotes.finding.extraction import Likelihood, Quotation, quotations  # noqa: E402
from briefing.quotes.read_any import saved_text_of  # noqa: E402

ARTICLES = HERE / "articles"
RESULTS = HERE / "RESULTS.md"
SETS = {
    "held_out": "Held-out articles",
    "second_round": "Held out in the second round, since used for tuning",
    "first_round": "Held out in the first round, since used for tuning",
    "tuning": "Tuning articles",
}
UNJUDGED = "not judged"
NAMED = "named"
NOBODY = "nobody"
_LEADING = re.compile(
    r"^(?:a|an|the|one|mr|mrs|ms|dr|prof|professor|sir|dame|lord|lady|ein|eine|der|die|das|le|la|les|un|une|his|her|its|their)\.? "
)


@dataclass(frozen=True)
class Answer:
    """A quotation as a careful reader would list it."""

    text: str
    paragraph: int
    speaker: str | None
    reference: str
    also_right: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[int, str]:
        return (self.paragraph, self.text)

    def is_right(self, speaker: str | None) -> bool:
        """Whether `speaker` is an answer that a fair reader accepts; articles and titles before a name do not matter."""
        if self.speaker is None or speaker is None:
            return self.speaker is None and speaker is None
        return bare(speaker) in {bare(name) for name in (self.speaker, *self.also_right)}


@dataclass(frozen=True)
class Article:
    """A text and its answers."""

    name: str
    style: str
    text: str
    answers: tuple[Answer, ...]
    terms: frozenset[tuple[int, str]]

    def found(self) -> tuple[Quotation, ...]:
        """What the program lists in it."""
        return quotations(saved_text_of(self.text.encode(), ".txt").paragraphs)


@dataclass(frozen=True)
class Ratio:
    """So many of so many."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.part + other.part, self.whole + other.whole)

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else 1.0

    def __str__(self) -> str:
        return f"{100 * self.value:.0f} % ({self.part}/{self.whole})" if self.whole else "–"


COLUMNS = ("spans precision", "spans recall", "speakers precision", "speakers recall", "speakers given")


@dataclass(frozen=True)
class Score:
    """What one article, or several together, came to; `ratios` are by the names of `COLUMNS`."""

    ratios: dict[str, Ratio]
    terms: Ratio = field(default_factory=Ratio)
    """Terms and titles that were told from quotations."""
    slips: tuple[str, ...] = ()

    def __add__(self, other: Score) -> Score:
        ratios = {column: self.ratios[column] + other.ratios[column] for column in COLUMNS}
        return Score(ratios, self.terms + other.terms, self.slips + other.slips)


NOTHING = Score({column: Ratio() for column in COLUMNS})


def bare(name: str) -> str:
    """A speaker without articles, possessives and titles before the name, in lower case."""
    shorter = name.replace("’", "'").casefold()
    while (cut := _LEADING.sub("", shorter)) != shorter:
        shorter = cut
    return shorter


def read_article(path: Path) -> Article:
    """The article at `path` with the answers that stand beside it."""
    gold: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    answers = tuple(
        Answer(one["text"], one["paragraph"], one["speaker"], one["reference"], tuple(one.get("also_right", ())))
        for one in gold["quotations"]
    )
    terms = frozenset((one["paragraph"], one["text"]) for one in gold["terms"])
    return Article(path.stem, gold["style"], path.read_text(encoding="utf-8"), answers, terms)


def articles_of(group: str) -> list[Article]:
    """The articles of one set, by name."""
    return [read_article(path) for path in sorted((ARTICLES / group).glob("*.txt"))]


def score(article: Article) -> Score:
    """How the program does on one article.

    Spans count as found only when they are exact and not flagged as unlikely. Speakers are judged on the quotations that were found at
    all; one that was not found counts against recall.
    """
    listed = {(one.paragraph, one.text): one for one in article.found()}
    likely = {key for key, one in listed.items() if one.likelihood is Likelihood.LIKELY}
    keys = {answer.key for answer in article.answers}
    judged = [answer for answer in article.answers if answer.reference != UNJUDGED]
    pairs = [(answer, listed[answer.key]) for answer in judged if answer.key in listed]
    given = [pair for pair in pairs if pair[1].speaker is not None]
    right = [pair for pair in given if pair[0].is_right(pair[1].speaker)]
    with_speaker = [answer for answer in judged if answer.reference != NOBODY]
    ratios = {
        "spans precision": Ratio(len(likely & keys), len(likely)),
        "spans recall": Ratio(len(likely & keys), len(keys)),
        "speakers precision": Ratio(len(right), len(given)),
        "speakers recall": Ratio(
            sum(answer.reference == NAMED for answer, _ in right),
            sum(answer.reference == NAMED for answer in with_speaker),
        ),
        "speakers given": Ratio(len(given), len(with_speaker)),
    }
    told = sum(key in listed and key not in likely for key in article.terms)
    return Score(ratios, Ratio(told, len(article.terms)), tuple(_slips(article, listed, likely, keys)))


def _slips(
    article: Article,
    listed: dict[tuple[int, str], Quotation],
    likely: set[tuple[int, str]],
    keys: set[tuple[int, str]],
) -> Iterable[str]:
    for answer in article.answers:
        where = f"{article.name}, para {answer.paragraph}, ‘{_short(answer.text)}’"
        quotation = listed.get(answer.key)
        if quotation is None:
            yield f"{where}: not found"
        elif answer.key not in likely:
            yield f"{where}: flagged as unlikely ({quotation.doubt})"
        spoken = quotation.speaker if quotation is not None else None
        missed = quotation is not None and spoken is None and answer.reference == NAMED
        if missed or (spoken is not None and answer.reference != UNJUDGED and not answer.is_right(spoken)):
            yield f"{where}: {spoken or 'nobody'}, not {answer.speaker or 'nobody'}"
    for key in sorted(likely - keys):
        kind = "a term or title" if key in article.terms else "no quotation"
        yield f"{article.name}, para {key[0]}, ‘{_short(key[1])}’: listed as a quotation, is {kind}"


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")


def total(scores: Sequence[Score]) -> Score:
    """Several scores together."""
    return sum(scores, NOTHING)


def table(title: str, rows: Sequence[tuple[str, str, Score]]) -> list[str]:
    """A Markdown table of scores with their total."""
    lines = [f"## {title}", "", "| article | " + " | ".join(COLUMNS) + " |", "| --- |" + " ---: |" * len(COLUMNS)]
    for name, style, one in (*rows, ("**total**", "", total([row[2] for row in rows]))):
        label = f"{name}<br>{style}" if style else name
        lines.append(f"| {label} | " + " | ".join(str(one.ratios[column]) for column in COLUMNS) + " |")
    return [*lines, ""]


def report() -> str:
    """All results as Markdown."""
    lines = [
        "# Results",
        "",
        "Written by `benchmarks/quote_extraction/measure.py --write`; not to be edited. What is measured, and on what, is in",
        "[README.md](README.md).",
        "",
        "- **spans**: quotations with exactly the right words, not counting those flagged as unlikely.",
        "- **speakers**: only those whom the text states beside the words; recall over the quotations whose own sentence names the",
        "  speaker; *given* is the share of all quotations with a speaker to be found that got one: the others say `TBC`.",
        "",
    ]
    everything: list[Score] = []
    for group, title in SETS.items():
        articles = articles_of(group)
        rows = [(article.name, article.style, score(article)) for article in articles]
        together = total([row[2] for row in rows])
        everything.append(together)
        references = Counter(answer.reference for article in articles for answer in article.answers)
        counted = ", ".join(f"{number} {name}" for name, number in references.most_common())
        lines += table(title, rows)
        lines += [f"{len(articles)} articles, {references.total()} quotations ({counted}).", ""]
        lines += [
            f"Titles, nicknames and terms told from quotations: {together.terms}.",
            "",
            "What was missed or wrong:",
            "",
        ]
        lines += [*(f"- {slip}" for slip in together.slips), ""]
    lines += table("All together", [(title, "", one) for title, one in zip(SETS.values(), everything, strict=True)])
    return "\n".join(lines).rstrip() + "\n"


def listing(path: Path) -> str:
    """What is found in one saved article, a line each."""
    found = quotations(saved_text_of(path.read_bytes(), path.suffix.lower()).paragraphs)
    lines = [
        f"para {one.paragraph}: {one.speaker or 'nobody'} | {one.attribution or '-'} | {one.text}" for one in found
    ]
    return "\n".join([*lines, f"{len(found)} quotations"])


def main() -> None:
    """Print the results, or what one article holds."""
    parser = argparse.ArgumentParser(description="Precision and recall of quotations and speakers.")
    parser.add_argument("--write", action="store_true", help="write RESULTS.md too")
    parser.add_argument("--article", type=Path, help="list what is found in this saved text instead")
    chosen = parser.parse_args()
    if chosen.article is not None:
        print(listing(chosen.article))
        return
    results = report()
    print(results)
    if chosen.write:
        RESULTS.write_text(results, encoding="utf-8")


if __name__ == "__main__":
    main()
