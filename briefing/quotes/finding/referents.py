"""Whom the words of a sentence mean: a name by itself, and a pronoun or a description by what was said before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from briefing.quotes.finding.genders import genders_in
from briefing.quotes.finding.mentions import Kind, Mention
from briefing.quotes.finding.names import Names, Party
from briefing.quotes.finding.pronouns import REACH, Seen, antecedent
from briefing.quotes.finding.sentences import Sentence
from briefing.quotes.finding.words import Words

_RECENT = 200
"""How many mentions are kept for pronouns."""
_MEMORY = 100
"""How many different people and bodies are kept for descriptions."""
_BY = ("by", "von", "par")
_EPITHET = re.compile(r"-of-|-year-old$")
"""Nouns that newspapers use for somebody just named: 'the father-of-two', 'the 43-year-old'."""


class Basis(StrEnum):
    """What a speaker's name rests on. All but `STATED` are guesses."""

    STATED = "stated"
    """A name or a description stands in the quotation's own sentence, or in the line that introduces it."""
    PRONOUN = "pronoun"
    """Only a pronoun stands there; it is read as whoever it most likely means."""
    DESCRIPTION = "description"
    """Only 'the agency', 'the minister' stands there; it is read as the one named before."""
    CONTEXT = "context"
    """No verb of speaking ties anybody to it; the speaker is taken from the words around it."""
    UNKNOWN = "unknown"
    """Nothing tells who spoke."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is meant, and how sure that is; `name` is None when nobody can be made out."""

    name: str | None
    basis: Basis
    reason: str = ""
    role: str = ""
    organisation: str = ""

    def guessed(self, basis: Basis, reason: str) -> Speaker:
        """The same, as a guess with its reason; nobody stays nobody."""
        return NOBODY if self.name is None else replace(self, basis=basis, reason=reason)


NOBODY = Speaker(None, Basis.UNKNOWN, "nothing in the text tells who said it")


class Referents:
    """What a reader who has come as far as some sentence knows of the people and bodies in the text."""

    def __init__(
        self, sentences: Sequence[Sentence], mentions: Sequence[tuple[Mention, ...]], names: Names, words: Words
    ) -> None:
        self._sentences = sentences
        self._mentions = mentions
        self._names = names
        self._words = words
        self._genders = genders_in(sentences, mentions, names)
        self._seen: list[Seen] = []
        self._latest: dict[str, Seen] = {}
        """The last mention of each, the latest last."""
        self._called: dict[str, str] = {}

    def speaker(self, mention: Mention, number: int) -> Speaker:
        """Whom `mention`, in sentence `number`, means."""
        if mention.kind is Kind.PRONOUN:
            return self._pronoun(mention, number)
        if mention.named:
            return self._stated(self._names.of(mention))
        if mention.kind is Kind.DOCUMENT and mention.owner and not self._words.owner(mention.owner):
            owner = self._names.shorter.get(mention.owner.casefold(), mention.owner)
            return Speaker(owner if owner[0].isupper() else f"the {owner}", Basis.STATED)
        known = self._before(mention, number)
        if known is not None:
            return self._known(known, Basis.DESCRIPTION, f"'{mention.text}' is read as the one named before")
        return self._unnamed(mention)

    def here(self, number: int, before: int, spoke: Collection[str] = ()) -> list[Seen]:
        """Who is mentioned in sentence `number` before token `before`; `spoke` are those who speak in it."""
        found: list[Seen] = []
        subject_taken = False
        for mention in self._mentions[number]:
            if mention.first >= before:
                break
            rank = self._rank(mention, number, subject_taken=subject_taken)
            subject_taken = subject_taken or (rank == "subject" and mention.pronoun != "writer")
            seen = self._as_seen(mention, number, rank, found)
            if seen is not None:
                found.append(replace(seen, spoke=seen.name in spoke, called=self._called.get(seen.name, "")))
        return found

    def about(self, number: int, before: int) -> Speaker | None:
        """The person or body that sentence `number` is about, going by its words before token `before`."""
        for seen in self.here(number, before):
            if seen.rank == "subject" and seen.named and seen.kind in (Kind.PERSON, Kind.NAME, Kind.BODY):
                return self._known(seen, Basis.STATED, "")
        return None

    def remember(self, number: int, spoke: Collection[str]) -> None:
        """Go on past sentence `number`, in which `spoke` spoke."""
        seen = self.here(number, len(self._sentences[number].tokens), spoke)
        self._seen = [*self._seen[-_RECENT:], *seen]
        for one in seen:
            self._latest.pop(one.name, None)
            self._latest[one.name] = one
        for name in list(self._latest)[:-_MEMORY]:
            del self._latest[name]

    def _recent(self, number: int) -> list[Seen]:
        """Those whom a pronoun in sentence `number` may mean."""
        first = bisect_left(self._seen, number - REACH, key=lambda seen: seen.sentence)
        return self._seen[first:]

    def _rank(self, mention: Mention, number: int, *, subject_taken: bool) -> str:
        preceding = self._sentences[number].tokens[mention.first - 1] if mention.first else None
        if preceding is not None and preceding.plain in _BY:
            return "agent"
        if preceding is not None and self._words.has("prepositions", preceding.text):
            return "other"
        if preceding is not None and self._words.has("clauses", preceding.text) and subject_taken:
            return "clause"
        return "other" if subject_taken else "subject"

    def _as_seen(self, mention: Mention, number: int, rank: str, here: Sequence[Seen]) -> Seen | None:
        index = self._sentences[number].index
        if mention.named:
            if mention.initial and not self._names.knows(mention) and not self._speaks(mention, number):
                return None
            party = self._names.of(mention)
            gender = party.gender or self._genders.get(party.name, "")
            return Seen(party.name, party.kind, number, index, rank, gender, mention.plural)
        if mention.kind is Kind.PRONOUN:
            meant = None
            if mention.pronoun != "writer" and rank in ("subject", "clause"):
                meant = antecedent(mention.pronoun, number, (*self._recent(number), *here))
            return replace(meant, sentence=number, paragraph=index, rank=rank) if meant is not None else None
        if self._stands_for_next(mention, number):
            return None
        known = self._before(mention, number)
        if known is not None:
            return replace(known, sentence=number, paragraph=index, rank=rank, plural=False)
        name = self._unnamed(mention).name or mention.text
        return Seen(name, mention.kind, number, index, rank, mention.gender, mention.plural, named=False)

    def _speaks(self, mention: Mention, number: int) -> bool:
        """Whether a capitalised word at the head of a sentence is a name after all, since a verb of speaking follows."""
        tokens = self._sentences[number].tokens
        return mention.last < len(tokens) and self._words.has("speaking", tokens[mention.last].text)

    def _stands_for_next(self, mention: Mention, number: int) -> bool:
        """'The son of a keeper, he was …': the description is the pronoun's, and names nobody else."""
        after = self._sentences[number].tokens[mention.last : mention.last + 2]
        if len(after) < 2 or mention.kind is not Kind.DESCRIBED or after[0].text != ",":
            return False
        return self._words.any_of(("he", "she"), after[1].text)

    def _pronoun(self, mention: Mention, number: int) -> Speaker:
        if mention.pronoun == "writer":
            return Speaker(None, Basis.UNKNOWN, f"'{mention.text}' is whoever wrote the text")
        seen = antecedent(mention.pronoun, number, (*self._recent(number), *self.here(number, mention.first)))
        if seen is None:
            return Speaker(None, Basis.UNKNOWN, f"'{mention.text}' means nobody who is named before")
        if mention.pronoun in ("he", "she"):
            self._called[seen.name] = mention.pronoun
        return self._known(seen, Basis.PRONOUN, f"'{mention.text}' is read as the one spoken of last")

    def _before(self, mention: Mention, number: int) -> Seen | None:
        """The one named before whom 'the agency', 'the minister' or 'the 43-year-old' means."""
        if not mention.definite or mention.plural or mention.kind is Kind.DOCUMENT:
            return None
        tokens = self._sentences[number].tokens[mention.first : mention.last]
        nouns = [token.plain for token in tokens if token.is_word and not self._words.has("determiners", token.text)]
        if not nouns:
            return None
        if mention.kind is Kind.DESCRIBED and _EPITHET.search(nouns[-1]):
            return antecedent(mention.gender or "he or she", number, self._recent(number))
        wanted = " ".join(nouns)
        generic = len(nouns) == 1 and self._words.has("generic", nouns[0])
        if generic and mention.kind is Kind.BODY:
            return self._body_meant(wanted)
        for seen in reversed(self._latest.values()):
            if not seen.named and len(nouns) == 1 and seen.kind is mention.kind and seen.name.endswith(f" {wanted}"):
                return seen
            if not seen.named or (mention.gender and seen.gender not in ("", mention.gender)):
                continue
            party = self._names.parties.get(seen.name)
            if party is not None and _is_office(wanted, party.role):
                return seen
        return None

    def _body_meant(self, noun: str) -> Seen | None:
        """The body that 'the agency' means: one called an agency, else the last body, else the last name that may be a body's."""
        latest = list(reversed(self._latest.values()))
        called = [s for s in latest if s.kind is Kind.BODY and s.name.casefold().endswith(f" {noun}")]
        bodies = [seen for seen in latest if seen.named and seen.kind is Kind.BODY]
        names = [seen for seen in latest if seen.named and seen.kind is Kind.NAME]
        return next(iter((*called, *bodies, *names)), None)

    def _stated(self, party: Party) -> Speaker:
        organisation = undetermined(party.organisation, self._words)
        return Speaker(party.name, Basis.STATED, role=self._office(party), organisation=organisation)

    def _known(self, seen: Seen, basis: Basis, reason: str) -> Speaker:
        party = self._names.parties.get(seen.name)
        stated = self._stated(party) if party is not None else Speaker(seen.name, Basis.STATED)
        return replace(stated, name=seen.name, basis=basis, reason=reason)

    def _unnamed(self, mention: Mention) -> Speaker:
        """Somebody the text describes and does not name: the description is the speaker."""
        determined = self._words.has("determiners", mention.text.split(" ")[0])
        text = mention.text[0].lower() + mention.text[1:] if determined else mention.text
        owner = mention.owner if mention.kind is Kind.DESCRIBED else ""
        return Speaker(text, Basis.STATED, organisation=undetermined(owner, self._words))

    def _office(self, party: Party) -> str:
        """The party's role, unless it only says how somebody else stands to them ('her colleague')."""
        if any(self._words.has("relations", word) for word in party.role.split()):
            return ""
        return undetermined(party.role, self._words)


def _is_office(wanted: str, role: str) -> bool:
    """Whether 'the minister' can mean one whose role is 'minister for ports'."""
    office = f" {role.casefold()} "
    return bool(role) and (office.startswith(f" {wanted} ") or office.endswith(f" {wanted} "))


def undetermined(text: str, words: Words) -> str:
    """A description without its article."""
    first, _, rest = text.partition(" ")
    return rest if rest and words.has("determiners", first) else text
