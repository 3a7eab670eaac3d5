"""Who is stated to have said a quotation: the subject of its cue, by the fullest name that the text spells out; nobody is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from briefing.quotes.finding.cues import Cue, cue_for, cues_in
from briefing.quotes.finding.mentions import mentions_in
from briefing.quotes.finding.narration import Sentence, Token
from briefing.quotes.finding.noun_phrases import Kind, Mention
from briefing.quotes.finding.words import Words, plain

_EPITHET = re.compile(r"-of-|-year-old$")
"""Nouns that newspapers use for somebody just named: 'the father-of-two', 'the 43-year-old'."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody whom a text names or describes: the fullest form of the name, and what stands beside it."""

    name: str
    kind: Kind
    role: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the text says of a quotation's speaker, and where the quotation stands: `sentence`, and `at` among its tokens."""

    sentence: Sentence
    at: int
    cue: Cue | None = None
    speaker: Party | None = None
    """None where nobody is stated to have spoken."""
    wording: str = ""
    """The words of the cue as they stand."""
    continues: bool = False

    @property
    def before(self) -> Token | None:
        """What stands right before the quotation in its sentence."""
        return self.sentence.tokens[self.at - 1] if self.at else None


def attributions_in(sentences: Sequence[Sentence], words: Words) -> Mapping[int, Attribution]:
    """The attribution of each quotation, by its number."""
    quoting = {number for number, sentence in enumerate(sentences) if sentence.quoting}
    read = quoting | {number - 1 for number in quoting}
    mentions = [
        mentions_in(sentence, words) if number in read or _may_hold_name(sentence) else ()
        for number, sentence in enumerate(sentences)
    ]
    parties = _Parties.of(sentences, mentions)
    found: dict[int, Attribution] = {}
    for number in sorted(quoting):
        sentence = sentences[number]
        cues = cues_in(sentence, mentions[number], words)
        for at, token in enumerate(sentence.tokens):
            if token.quotation is None:
                continue
            cue = stating = cue_for(sentence, at, cues)
            if cue is None and number and _led_to(sentence, at, sentences[number - 1]):
                stating = next(reversed(cues_in(sentences[number - 1], mentions[number - 1], words)), None)
            speaker = parties.speaker(stating, words)
            wording = sentence.text(cue.first, cue.last) if cue is not None else ""
            new = Attribution(sentence, at, cue, speaker, wording, cue is not None and _continues(sentence, at, cue))
            first = found.get(token.quotation)
            if first is None:
                found[token.quotation] = new
            elif cue is not None and first.speaker is None:
                # Said at the end of a quotation that runs on: “First. ¶ “Second,” said Bell.
                found[token.quotation] = replace(first, cue=cue, speaker=speaker, wording=wording)
    return found


def _may_hold_name(sentence: Sentence) -> bool:
    """Whether two capitalised words stand together: where nothing is quoted only full names matter."""
    return any(one.capital and other.capital for one, other in pairwise(sentence.tokens))


def _led_to(sentence: Sentence, at: int, before: Sentence) -> bool:
    """Whether the quotation at token `at` opens its sentence after one that ends in a colon ('Anna Bell said:')."""
    return before.tokens[-1].text == ":" and not any(token.is_word for token in sentence.tokens[:at])


def _continues(sentence: Sentence, at: int, cue: Cue) -> bool:
    """“…,” she said, “…”: the cue stands between this quotation and one that is its own too."""
    quoted = [k for k in range(at) if sentence.tokens[k].quotation is not None]
    if not quoted or not cue.trailing or cue.first < quoted[-1]:
        return False
    return not any(token.is_word for token in sentence.tokens[quoted[-1] + 1 : cue.first])


@dataclass(frozen=True, slots=True)
class _Parties:
    """The people and bodies that one text names, so that 'Ms Bell' is Anna Bell, and 'SSA' the agency spelled out beside it."""

    named: dict[str, Party]
    fullest: dict[str, str] = field(default_factory=dict)
    """Shorter forms that mean one party only, in their plain form, to its name."""

    @classmethod
    def of(cls, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> _Parties:
        named: dict[str, Party] = {}
        for mention in (mention for found in mentions for mention in found):
            if mention.named and mention.kind is not Kind.PLACE:
                organisation = mention.owner if mention.role else ""
                new = Party(mention.text, mention.kind, mention.role.strip(" ,."), organisation)
                named[mention.text] = _merged(named.get(mention.text, new), new)
        fullest = _short_forms(named)
        fullest |= {plain(acronym): name for acronym, name in _acronyms(sentences, mentions)}
        for other in list(named.values()):
            name = fullest.get(plain(other.name), other.name)
            if name != other.name:
                named[name] = _merged(named[name], other)
        return cls(named, fullest)

    def speaker(self, cue: Cue | None, words: Words) -> Party | None:
        """Whom a cue states; None for a pronoun, for 'the agency' where a name stands elsewhere, and where it is in doubt."""
        subject = cue.subject if cue is not None and not cue.doubtful else None
        if subject is None or subject.kind is Kind.PRONOUN or self._points_back(subject, words):
            return None
        if subject.named:
            known = self.named.get(self.fullest.get(plain(subject.text), subject.text))
            party = known or Party(subject.text, subject.kind, subject.role, subject.owner)
            related = any(words.has("relations", word) for word in party.role.split())
            role = "" if related else _without_article(party.role, words)
            return replace(party, role=role, organisation=_without_article(party.organisation, words))
        name = subject.text
        if subject.kind is Kind.DOCUMENT and subject.owner and not words.has("possessives", subject.owner):
            owner = self.fullest.get(plain(subject.owner), subject.owner)
            return Party(owner if owner[0].isupper() else f"the {owner}", subject.kind)
        if words.has("determiners", name.split(" ")[0]):
            name = name[0].lower() + name[1:]
        owner = subject.owner if subject.kind is Kind.DESCRIBED else ""
        return Party(name, subject.kind, organisation=_without_article(owner, words))

    def _points_back(self, subject: Mention, words: Words) -> bool:
        """Whether 'the agency', 'the minister', 'the 43-year-old' may be somebody whom the text names elsewhere."""
        nouns = [word for word in plain(subject.text).split() if not words.has("determiners", word)]
        if subject.named or not subject.definite or subject.plural or not nouns:
            return False
        if subject.kind is Kind.DOCUMENT:
            return not subject.owner and len(nouns) == 1 and words.has("messages", nouns[0])
        if subject.kind is Kind.DESCRIBED and _EPITHET.search(nouns[-1]):
            return True
        wanted = f" {' '.join(nouns)} "
        if len(nouns) == 1 and words.has("generic", nouns[0]):
            return any(party.kind in (Kind.BODY, Kind.NAME) for party in self.named.values())
        return any(wanted in f" {plain(party.role)} " for party in self.named.values())


def _merged(known: Party, new: Party) -> Party:
    kind = new.kind if known.kind is Kind.NAME else known.kind
    organisation = known.organisation or ("" if known.role else new.organisation)
    return replace(known, kind=kind, role=known.role or new.role, organisation=organisation)


def _short_forms(named: Mapping[str, Party]) -> dict[str, str]:
    """Surnames, given names and first words of bodies, where one party alone can be meant."""
    meant: dict[str, set[str]] = {}
    for name, party in named.items():
        parts = name.split()
        forms = set[str]()
        if len(parts) > 1 and party.kind is Kind.PERSON:
            forms = {" ".join(parts[-size:]) for size in range(1, len(parts))} | {parts[0]}
            if len(parts) > 2:
                forms |= {" ".join(parts[:2]), parts[1]}
        elif len(parts) > 1 and party.kind is Kind.BODY:
            forms = {parts[0], " ".join(parts[:-1])}
        for form in forms:
            meant.setdefault(plain(form), set()).add(name)
    short = {form: one for form, names in meant.items() if (one := _one(names, named)) is not None}
    return {form: short.get(plain(name), name) for form, name in short.items()}


def _one(names: set[str], named: Mapping[str, Party]) -> str | None:
    """The one party meant: a single name, the longest where the others are parts of it, or the only person."""
    longest = max(names, key=lambda name: (len(name), name))
    if all(set(name.split()) <= set(longest.split()) for name in names):
        return longest
    people = [name for name in names if named[name].kind is Kind.PERSON]
    return people[0] if len(people) == 1 else None


def _acronyms(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> Iterable[tuple[str, str]]:
    """'Southern Space Agency (SSA)': the letters in brackets right after a name."""
    for sentence, found in zip(sentences, mentions, strict=True):
        for mention in found:
            after = [token.text for token in sentence.tokens[mention.last : mention.last + 3]]
            if mention.named and len(after) == 3 and after[0] == "(" and after[2] == ")" and after[1].isupper():
                yield after[1], mention.text


def _without_article(text: str, words: Words) -> str:
    first, _, rest = text.partition(" ")
    return rest if rest and words.has("determiners", first) else text
