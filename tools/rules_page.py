"""The page of the release rules, made from the rules and from the data they go by."""

from __future__ import annotations

from pathlib import Path

from briefing.rules.keeping import known_markings
from briefing.rules.language import Band, scale_of
from briefing.rules.table import RULES
from briefing.schema import LikelihoodScale


def rules_page() -> str:
    """The whole page, in Markdown."""
    introduction = (Path(__file__).parent / "rules_introduction.md").read_text(encoding="utf-8")
    return "\n".join((introduction, _rules(), _readings(), *map(_scale, LikelihoodScale), _markings()))


def _rules() -> str:
    rows = (
        f"| `{rule.code}` | {rule.level} | {rule.asks} | {rule.why} | {rule.because} | {rule.hint} |\n"
        for rule in RULES
    )
    head = (
        "## The rules\n\n| rule | unless set | what it asks | why | why this level | how to put it right |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
    )
    return head + "".join(rows)


def _readings() -> str:
    return (
        "## Likelihood\n\nIn English briefs, words of likelihood are held against the chosen scale. The words of quotes, and what stands between "
        "quotation marks, are other people's and are left alone. 'May', 'might' and 'could' are not judged.\n"
    )


def _scale(chosen: LikelihoodScale) -> str:
    scale = scale_of(chosen)
    rows = (f"| {band.chance} | {_words(band)} |\n" for band in scale.bands)
    head = f"### `{chosen}`: {scale.name}\n\n{scale.source}.\n\n| chance | words |\n| --- | --- |\n"
    return head + "".join(rows)


def _words(band: Band) -> str:
    also = f" (also {', '.join(band.also)})" if band.also else ""
    return ", ".join(band.words) + also


def _markings() -> str:
    listed = ", ".join(f"`{marking}`" for marking in known_markings())
    return (
        f"## Handling markings\n\n{listed}.\n\nThe first five are those of the Traffic Light Protocol 2.0 (FIRST, August 2022), "
        "the others those of the UK Government Security Classifications Policy (Cabinet Office, June 2023). A UK classification "
        "may have the prefix `UK`, and additional markings in capitals behind a dash, colon or slash: "
        "`OFFICIAL-SENSITIVE – COMMERCIAL`. An office adds its own under `markings`.\n"
    )
