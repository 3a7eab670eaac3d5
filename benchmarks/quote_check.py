"""How long 300 quotes take to be held against one source of 2 MB, from the file's bytes to the evidence.

Run it from the top of the repository: `python -m benchmarks.quote_check`. The source is made up from a fixed seed: paragraphs of
reporting in which invented people say invented things. The quotes are drawn from it in equal parts: as they stand, as fragments,
with an omission, joined from two passages, with one word changed, and made up altogether. The time is the best of five runs.

It then says how often the speaker check is right, on the articles of `quote_extraction`: how many quotations it doubts when they are
given to the speaker that the answers name, and how many when they are given to somebody else whom the same article quotes.
"""

from __future__ import annotations

import json
import os
import platform
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from briefing.quotes.attribution import Attributions, Claim
from briefing.quotes.checking import verify_quotes
from briefing.quotes.lookup import look_up
from briefing.quotes.parties import is_name, same_party
from briefing.quotes.read_any import saved_text_of
from briefing.quotes.source_index import SourceIndex
from briefing.quotes.verdict import QuoteEvidence
from briefing.schema import Brief
from briefing.schema.validate import validate

ARTICLES = Path(__file__).resolve().parent / "quote_extraction" / "articles"
SIZE = 2_000_000
QUOTES = 300
RUNS = 5
ALLOWED = 3.0

COMMON_WORDS = (
    "the of and to in a is that for it was on with as be by this are from at or an not which have has had their its but will been "
    "more than would about into over after also between under such only other new first most some may could these who when there "
    "they we our can no if all so up out one two last year"
)
SYLLABLE_LIST = "ba ce dor el fin gra hu jas kel lom mer nis or pra qui ros sel tor un ver win yar zan"
COMMON = COMMON_WORDS.split()
SYLLABLES = SYLLABLE_LIST.split()
VERBS = ("said", "added", "told reporters", "warned", "insisted")


def vocabulary(chance: random.Random) -> list[str]:
    """Words as frequent as in English prose: the common ones first, then ever rarer made-up ones (Zipf's law)."""
    made_up = {"".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(24_000)}
    return [*COMMON, *chance.sample(sorted(made_up), len(made_up))]


def sentences(chance: random.Random, words: list[str]) -> Iterator[str]:
    weights = [1 / (rank + 3) for rank in range(len(words))]
    while True:
        for word_count in chance.choices(range(6, 30), k=100):
            said = chance.choices(words, weights, k=word_count)
            if chance.random() < 0.2:
                said[chance.randrange(word_count)] = str(chance.randint(2, 2_000))
            if chance.random() < 0.4:
                said[word_count // 2] += ","
            yield " ".join(said).capitalize() + "."


def source(chance: random.Random) -> tuple[str, list[tuple[str, list[str]]]]:
    """The text, and for each quotation in it the speaker and the sentences said."""
    words = vocabulary(chance)
    people = [f"{chance.choice(words[300:]).title()} {chance.choice(words[300:]).title()}" for _ in range(200)]
    stream = sentences(chance, words)
    paragraphs: list[str] = []
    said: list[tuple[str, list[str]]] = []
    length = 0
    while length < SIZE:
        speaker = chance.choice(people)
        quoted = [next(stream) for _ in range(chance.randint(2, 4))]
        body = " ".join(quoted)
        paragraph = f"{next(stream)} “{body[:-1]},” {speaker} {chance.choice(VERBS)}. {next(stream)}"
        said.append((speaker, quoted))
        paragraphs.append(paragraph)
        length += len(paragraph.encode()) + 2
    return "\n\n".join(paragraphs), said


def quoted(chance: random.Random, kind: int, said: list[tuple[str, list[str]]], words: list[str]) -> tuple[str, str]:
    """Speaker and text of one quote of the given kind."""
    place = chance.randrange(len(said) - 1)
    speaker, parts = said[place]
    first = parts[0].split(" ")
    if kind == 1:
        return speaker, " ".join(first[1:4])
    if kind == 2:
        return speaker, " ".join([*first[:2], "[…]", *first[4:]])
    if kind == 3:
        return speaker, f"{parts[0]} […] {said[place + 1][1][1]}"
    if kind == 4:
        changed = list(first)
        changed[chance.randrange(len(changed) - 1)] = chance.choice(words[300:])
        return speaker, " ".join(changed)
    if kind == 5:
        return speaker, " ".join(chance.choices(words[300:], k=18)) + "."
    return speaker, " ".join(parts)


def brief(chance: random.Random, said: list[tuple[str, list[str]]]) -> Brief:
    words = vocabulary(chance)
    drawn = [quoted(chance, number % 6, said, words) for number in range(QUOTES)]
    quotes = [
        {"id": f"q{number}", "text": text, "speaker": who, "source": "s"} for number, (who, text) in enumerate(drawn)
    ]
    return validate(
        {
            "title": "Quotes",
            "date": "2026",
            "quotes": quotes,
            "sources": [{"id": "s", "title": "Source", "text": "s.txt"}],
        }
    )


def processor() -> str:
    """The processor's name where the system gives one, and how many cores this process may use."""
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    names = [line for line in told.splitlines() if line.startswith("model name")]
    name = names[0].split(":", 1)[1].strip() if names else platform.processor() or platform.machine()
    return f"{name}, {len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count()} cores"


def doubted_speakers() -> tuple[int, int, int, int]:
    """How many quotations are doubted with their right speaker, of how many; and with another named speaker, of how many."""
    right = doubted = wrong = caught = 0
    for answers in sorted(ARTICLES.glob("*/*.json")):
        index = SourceIndex.of(saved_text_of(answers.with_suffix(".txt").read_bytes(), ".txt"))
        attributions = Attributions(index.saved)
        judged = [one for one in json.loads(answers.read_text(encoding="utf-8"))["quotations"] if one.get("speaker")]
        speakers = tuple(dict.fromkeys(one["speaker"] for one in judged))
        for one in judged:
            places = look_up(one["text"], index).places
            there = [place for place in places if index.saved.paragraph_at(place.start).number == one["paragraph"]]
            for place in (there or places)[:1]:
                right += 1
                doubted += bool(attributions.weigh(place, Claim(one["speaker"])).cautions)
                own = (one["speaker"], *one.get("also_right", ()))
                others = [
                    other for other in speakers if is_name(other) and not any(same_party(other, name) for name in own)
                ]
                wrong += len(others)
                caught += sum(bool(attributions.weigh(place, Claim(other)).cautions) for other in others)
    return doubted, right, caught, wrong


def main() -> None:
    text, said = source(random.Random(7))
    data = text.encode()
    drawn = brief(random.Random(8), said)
    times: list[float] = []
    worked: list[float] = []
    found: tuple[QuoteEvidence, ...] = ()
    for _ in range(RUNS):
        began, began_working = time.perf_counter(), time.process_time()
        found = verify_quotes(drawn, lambda _: saved_text_of(data, ".txt"))
        times.append(time.perf_counter() - began)
        worked.append(time.process_time() - began_working)
    print(f"{processor()}; {platform.python_implementation()} {platform.python_version()}, {platform.system()}")
    print(f"source: {len(data) / 1e6:.2f} MB, {len(said)} paragraphs; quotes: {len(found)}")
    for status, count in Counter(str(one.status) for one in found).most_common():
        print(f"  {count:4} {status}")
    print(f"  {sum(bool(one.warnings) for one in found):4} with warnings")
    outcome = "within" if min(times) < ALLOWED else "NOT within"
    spread = f"best of {RUNS}: {min(times):.2f} s, worst {max(times):.2f} s, processor time {min(worked):.2f} s"
    print(f"{spread}; {outcome} the {ALLOWED:.0f} s allowed")
    doubted, right, caught, wrong = doubted_speakers()
    print(f"speakers: {doubted} of {right} doubted that are right, {caught} of {wrong} that are wrong")


if __name__ == "__main__":
    main()
