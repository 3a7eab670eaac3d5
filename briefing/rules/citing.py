"""Rules on what statements rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefing.quotes.parties import words_of
from briefing.rules.subject import Breach, Subject, placed
from briefing.schema import PartialDate, Question, Quote, Source, Stakeholder, Stance
from briefing.schema.fields import mentions, way

_LEADING_WORDS: Final = "the der die das le la les l el los las mr mrs ms dr prof herr frau m mme sr sra"
_LEADING: Final = frozenset(_LEADING_WORDS.split())
"""Articles and titles before the name of a party."""


def uncited_key_points(subject: Subject) -> Iterator[Breach]:
    """Key points without a citation."""
    for index, point in enumerate(subject.brief.key_points):
        if not point.citations:
            yield Breach(f"key_points[{index}]", "the key point cites nothing", "add [@source, para 6]")


def uncited_positions(subject: Subject) -> Iterator[Breach]:
    """Positions and stances without a source, a citation or a quote; an unknown stance says nothing and needs none."""
    for path, party in placed(subject.brief, Stakeholder):
        said = party.position
        cited = party.sources or party.quotes or (said.citations if said else ())
        if not cited and (said or party.stance not in (None, Stance.UNKNOWN)):
            name = "position" if said else "stance"
            what = f"the {name} of {party.name} rests on nothing"
            yield Breach(f"{path}.{name}", what, "add [@source], 'sources' or 'quotes'")


def unused_sources(subject: Subject) -> Iterator[Breach]:
    """Sources that nothing cites and no other source came by."""
    brief = subject.brief
    used = {origin for mention in mentions(brief) for origin in way(brief, mention.source)}
    for path, source in placed(brief, Source):
        if source.id not in used:
            yield Breach(f"{path}.id", f"nothing cites the source '{source.id}'", "cite it or take it out")


def undated_sources(subject: Subject) -> Iterator[Breach]:
    """Sources without a date of publication."""
    for path, source in placed(subject.brief, Source):
        if source.published is None:
            hint = "add 'published', as precisely as it is known"
            yield Breach(f"{path}.id", f"the source '{source.id}' has no date", hint)


def old_sources(subject: Subject) -> Iterator[Breach]:
    """Sources that were old on the brief's date."""
    today, most = subject.brief.date.first_day, subject.settings.source_age_days
    for path, source in placed(subject.brief, Source):
        if (
            source.published is not None
            and not source.lasts
            and (age := (today - source.published.last_day).days) > most
        ):
            what = f"the source '{source.id}' was {age} days old on the brief's date"
            yield Breach(f"{path}.published", what, f"look for a newer one; {most} days are allowed")


def single_source_speakers(subject: Subject) -> Iterator[Breach]:
    """Speakers all of whose quotes come from one source; what reached the brief by one source is from that one."""
    by_speaker: dict[str, list[tuple[str, Quote]]] = {}
    for path, quote in placed(subject.brief, Quote):
        by_speaker.setdefault(_folded(quote.speaker), []).append((path, quote))
    for said in by_speaker.values():
        if len({way(subject.brief, quote.source)[-1] for _, quote in said if quote.source}) == 1:
            path, quote = said[0]
            what = f"all that {quote.speaker} is quoted as saying comes from one source"
            yield Breach(f"{path}.speaker", what, "look for a second source, or waive it with the reason")


def unsupported_stances(subject: Subject) -> Iterator[Breach]:
    """Stances where the brief names nothing to be for or against."""
    for path, party in placed(subject.brief, Stakeholder):
        if party.stance and not subject.brief.proposition:
            what = f"{party.name} has a stance, but there is no proposition to be for or against"
            yield Breach(f"{path}.stance", what, "add 'proposition' to the brief")
            return


def parties_twice(subject: Subject) -> Iterator[Breach]:
    """Parties that stand among the positions with several stances."""
    seen: dict[str, Stakeholder] = {}
    for path, party in placed(subject.brief, Stakeholder):
        if party.stance is None:
            continue
        names = _party_names(party.name)
        first = next((seen[name] for name in names if name in seen), party)
        seen = {**dict.fromkeys(names, party), **seen}
        if first.stance and first.stance is not party.stance:
            what = f"'{party.name}' stands twice among the positions, once {first.stance} and once {party.stance}"
            yield Breach(f"{path}.name", what, "keep one, or name the two parts that differ")


def dates_out_of_order(subject: Subject) -> Iterator[Breach]:
    """Dates that cannot be true together."""
    brief = subject.brief
    published = {source.id: source.published for source in brief.sources}
    pairs: list[tuple[PartialDate | None, PartialDate | None, str, str]] = []
    for path, source in placed(brief, Source):
        pairs.append(
            (brief.date, source.published, f"{path}.published", "the source is published after the brief's date")
        )
        pairs.append((brief.date, source.accessed, f"{path}.accessed", "the source was read after the brief's date"))
        pairs.append((source.accessed, source.published, f"{path}.accessed", "the source was read before it came out"))
    for path, quote in placed(brief, Quote):
        pairs.append((brief.date, quote.date, f"{path}.date", "this was said after the brief's date"))
        out = published.get(quote.source or "")
        pairs.append((out, quote.date, f"{path}.date", "this was said after the source that quotes it came out"))
    for path, party in placed(brief, Stakeholder):
        pairs.append((brief.date, party.as_of, f"{path}.as_of", "the position is one of after the brief's date"))
    for path, question in placed(brief, Question):
        pairs.append((brief.date, question.raised, f"{path}.raised", "the question was raised after the brief's date"))
        pairs.append(
            (brief.date, question.answered, f"{path}.answered", "the question was answered after the brief's date")
        )
        said = "the question was answered before it was raised"
        pairs.append((question.answered, question.raised, f"{path}.answered", said))
    for earlier, later, path, what in pairs:
        if earlier and later and earlier.is_before(later):
            yield Breach(path, f"{what} ({earlier}, {later})", "look both dates up, and correct the wrong one")


def one_sided_quotes(subject: Subject) -> Iterator[Breach]:
    """Quotes all from one side, where the brief knows of somebody else."""
    brief = subject.brief
    names = {_folded(name) for quote in brief.quotes for name in (quote.speaker, quote.organisation) if name}
    quoted = {
        side(stakeholder.stance)
        for stakeholder in brief.stakeholders
        if stakeholder.quotes or _folded(stakeholder.name) in names
    } - {""}
    if brief.quotes and len(quoted) == 1 and len(brief.stakeholders) > 1:
        (only,) = quoted
        what = f"the only side of the proposition that is quoted is that of its {only}"
        yield Breach("quotes", what, "quote the other side, or say in a waiver why it cannot be")


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _party_names(name: str) -> list[str]:
    """The names of a party, as they are compared: without article, title, accents and kind of apostrophe; short forms in brackets, too."""
    full, _, short = name.partition("(")
    short = short.rstrip(") ")
    words = [word.plain for word in words_of(full if short.isupper() else name)]
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    return [" ".join(words), *([short.casefold()] if short.isupper() else [])]


def side(stance: Stance | None) -> str:
    """For, against, or neither (empty): which side a stance is on."""
    if stance in (Stance.SUPPORTIVE, Stance.STRONGLY_SUPPORTIVE):
        return "supporters"
    return "opponents" if stance in (Stance.OPPOSED, Stance.STRONGLY_OPPOSED) else ""
