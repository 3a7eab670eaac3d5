"""Whatever a sound brief holds, the rules come to an end, name places that exist, and say the same twice."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefing.quotes.verdict import Caution, Doubt, QuoteEvidence, QuoteStatus
from briefing.rules import check_rules, rule_codes
from briefing.rules.subject import Subject
from briefing.schema import LikelihoodScale, QuestionStatus, Settings, Stance
from briefing.schema.references import identified
from briefing.schema.validate import validate

WORDS = [
    "It",
    "is",
    "likely",
    "very likely",
    "with high confidence",
    "TBC",
    "[name]",
    "[@a, p. 3]",
    "[@b]",
    "no.",
    "Mr. Hale",
    "J. R.",
    "…",
    "“so”",
    "‘",
    "'",
]
WORDS += [
    "*stressed*",
    "**strong**",
    "[a link](https://example.org)",
    "\n\n- one\n- two\n\n",
    "水は待たない。",
    "شكرا؟",
    "\\[",
    "[sic]",
    "???",
    "{{ x }}",
    "1.",
    "*",
]
PROSE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join).filter(lambda text: bool(text.strip()))
LINE = st.sampled_from(["Ann Author", "ann  author", "Bob", "The Treasury", "TBC", "Übersee", "水"])
DATE = st.sampled_from(["1", "2026", "2026-03", "2026-03-14", "2025-01-01", "0001", "9999-12-31"]).map(
    lambda text: text.zfill(4)
)
SOURCE_ID = st.sampled_from(["a", "b", "c"])
SOURCE_IDS = st.lists(SOURCE_ID, max_size=2, unique=True)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


def item(
    required: dict[str, st.SearchStrategy[Any]], **optional: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


QUOTES = st.lists(item({"text": PROSE, "speaker": LINE}, organisation=LINE, source=SOURCE_ID, date=DATE), max_size=3)
STAKEHOLDERS = st.lists(
    item(
        {"name": LINE}, position=PROSE, stance=st.sampled_from([stance.value for stance in Stance]), sources=SOURCE_IDS
    ),
    max_size=3,
)
STATUS = st.sampled_from([status.value for status in QuestionStatus])
QUESTIONS = st.lists(item({"question": PROSE}, owner=LINE, due=DATE, status=STATUS, answer=PROSE), max_size=3)
CHART = st.just({"values": [{"label": "a", "value": "1"}]})
FIGURES = st.lists(item({"caption": PROSE, "chart": CHART}, alt=LINE), max_size=2)
SOURCES = st.fixed_dictionaries({}, optional={"published": DATE, "via": SOURCE_ID}).flatmap(
    lambda more: st.just([{"id": name, "title": name, **more} for name in "abc"])
)
WAIVERS = st.lists(
    item(
        {"rule": st.sampled_from([*rule_codes(), "none"]), "reason": PROSE, "until": DATE},
        item=st.sampled_from(
            ["quotes", "quotes[0]", "quotes[9]", "key_points[0]", "a", "title", "nobody", "[", "date.year"]
        ),
    ),
    max_size=4,
)
BRIEFS = st.fixed_dictionaries(
    {"title": LINE, "date": DATE, "sources": SOURCES},
    optional={
        "language": st.sampled_from(["en-GB", "de", "zh", "ar"]),
        "handling": some(caveat=LINE).map(lambda values: {"marking": "OFFICIAL - A A a", **values}),
        "proposition": PROSE,
        "summary": PROSE,
        "key_points": st.lists(PROSE, max_size=3),
        "quotes": QUOTES,
        "stakeholders": STAKEHOLDERS,
        "open_questions": QUESTIONS,
        "figures": FIGURES,
        "max_pages": st.sampled_from(["0", "3"]),
        "waivers": WAIVERS,
    },
)
CAUTIONS = st.lists(
    st.builds(Caution, st.sampled_from(list(Doubt)), st.just("doubtful"), st.sampled_from(["", "a passage"])),
    max_size=2,
)
EVIDENCE = st.tuples(
    st.sampled_from(list(QuoteStatus)),
    CAUTIONS,
    st.sampled_from([None, "broken", "broken; save it"]),
    st.sampled_from([None, "a", "z"]),
)


@given(
    BRIEFS,
    st.lists(EVIDENCE, min_size=2, max_size=2),
    st.sampled_from(list(LikelihoodScale)),
    st.sampled_from([None, 0, 4]),
)
def test_no_sound_brief_stops_the_rules(
    values: dict[str, Any],
    told: list[tuple[QuoteStatus, list[Caution], str | None, str | None]],
    scale: LikelihoodScale,
    pages: int | None,
) -> None:
    brief = identified(validate(values))
    evidence = {
        str(quote.id): QuoteEvidence(str(quote.id), status, status, source, warnings=tuple(cautions), fault=fault)
        for quote, (status, cautions, fault, source) in zip(brief.quotes, told, strict=False)
    }
    subject = Subject(brief, evidence, Settings(likelihood_scale=scale), pages)
    report = check_rules(subject)
    assert report == check_rules(subject)
    for problem in (*report.problems, *(waived.problem for waived in report.waived)):
        step: Any = brief
        for part in problem.data_path.replace("[", ".").replace("]", "").split("."):
            step = step[int(part)] if part.isdigit() else getattr(step, part)
        assert problem.offset is None or 0 <= problem.offset < len(str(step))
