"""Whose name it is: the people and bodies of one text, so that 'Ms Bell' and 'Bell' are Anna Bell, and 'SSA' the agency spelled out before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from briefing.quotes.finding.mentions import Kind, Mention
from briefing.quotes.finding.sentences import Sentence
from briefing.quotes.finding.words import plain


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody named in a text: the fullest form of the name, and what the text says of them."""

    name: str
    kind: Kind
    role: str = ""
    organisation: str = ""
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The parties of one text by name; `of` finds the party that a shorter form of a name means."""

    parties: dict[str, Party]
    shorter: dict[str, str] = field(default_factory=dict)
    """Shorter forms that mean one party only, in their plain form, to its name."""

    def of(self, mention: Mention) -> Party:
        """The party that a named mention means."""
        name = self.shorter.get(plain(mention.text), mention.text)
        return self.parties.get(name) or Party(mention.text, mention.kind, mention.role, mention.owner, mention.gender)

    def knows(self, mention: Mention) -> bool:
        """Whether the name stands elsewhere too, in a place where its capital shows that it is one."""
        return plain(mention.text) in self.shorter or mention.text in self.parties


def names_in(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> Names:
    """The parties that a text names, from all its mentions."""
    parties: dict[str, Party] = {}
    for mention in (mention for found in mentions for mention in found):
        if mention.named and mention.kind is not Kind.PLACE and not mention.initial:
            known = parties.get(mention.text)
            parties[mention.text] = _told(known, mention)
    for name, party in _initial_names(mentions, parties):
        parties[name] = party
    shorter = _short_forms(parties)
    for acronym, name in _acronyms(sentences, mentions):
        shorter[plain(acronym)] = name
    for other in list(parties.values()):
        name = shorter.get(plain(other.name), other.name)
        if name != other.name:
            parties[name] = _merged(parties[name], other)
    return Names(parties, shorter)


def _told(known: Party | None, mention: Mention) -> Party:
    new = Party(
        mention.text, mention.kind, _office(mention.role), mention.owner if mention.role else "", mention.gender
    )
    return new if known is None else _merged(known, new)


def _merged(known: Party, new: Party) -> Party:
    kind = new.kind if known.kind is Kind.NAME else known.kind
    return replace(
        known,
        kind=kind,
        role=known.role or new.role,
        organisation=known.organisation or (new.organisation if not known.role else ""),
        gender=known.gender or new.gender,
    )


def _office(role: str) -> str:
    return role.strip(" ,.")


def _initial_names(mentions: Iterable[Sequence[Mention]], parties: dict[str, Party]) -> Iterable[tuple[str, Party]]:
    """Single words at the head of a sentence that are a name elsewhere in the text tell something of it too."""
    for mention in (mention for found in mentions for mention in found):
        if mention.initial and mention.text in parties:
            yield mention.text, _merged(parties[mention.text], Party(mention.text, mention.kind))


def _short_forms(parties: dict[str, Party]) -> dict[str, str]:
    """Surnames, styled given names and first words of bodies, where one party alone can be meant."""
    meant: dict[str, set[str]] = {}
    for name, party in parties.items():
        parts = name.split()
        if len(parts) < 2:
            continue
        if party.kind is Kind.PERSON:
            forms = {" ".join(parts[-size:]) for size in range(1, len(parts))} | {parts[0]}
            if len(parts) > 2:
                forms |= {" ".join(parts[:2]), parts[1]}
        elif party.kind is Kind.BODY:
            forms = {parts[0]} | {" ".join(parts[:-1])}
        else:
            continue
        for form in forms:
            meant.setdefault(plain(form), set()).add(name)
    short: dict[str, str] = {}
    for form, named in meant.items():
        one = _one(named, parties)
        if one is not None:
            short[form] = one
    return {form: short.get(plain(name), name) for form, name in short.items()}


def _one(names: set[str], parties: dict[str, Party]) -> str | None:
    """The one party meant: a single name, else the longest where the others are parts of it."""
    longest = max(names, key=lambda name: (len(name), name))
    inside = set(longest.split())
    return longest if all(set(name.split()) <= inside for name in names) else _surname(names, parties)


def _surname(names: set[str], parties: dict[str, Party]) -> str | None:
    people = [name for name in names if parties[name].kind is Kind.PERSON]
    return people[0] if len(people) == 1 else None


def _acronyms(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> Iterable[tuple[str, str]]:
    """'Southern Space Agency (SSA)': the letters in brackets right after a name."""
    for sentence, found in zip(sentences, mentions, strict=True):
        tokens = sentence.tokens
        for mention in found:
            after = tokens[mention.last : mention.last + 3]
            if (
                mention.named
                and len(after) == 3
                and after[0].text == "("
                and after[2].text == ")"
                and after[1].text.isupper()
            ):
                yield after[1].text, mention.text
