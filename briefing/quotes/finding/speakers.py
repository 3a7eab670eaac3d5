"""Who is stated to have said a quotation: the subject of its cue, by the fullest name that the text spells out; nobody is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from briefing.quotes.finding.cues import Cue, cue_for, cues_in
from briefing.quotes.finding.mentions import mentions_in
from briefing.quotes.finding.narration import Sentence, Token
from briefing.quotes.finding.noun_phrases import Kind, Mention
from briefing.quotes.finding.words import Words, plain

_EPITHET = re.compile(r"-of-|-year-old$")
"""Nouns that newspapers use for somebody just named: 'the father-of-two', 'the 43-year-old'."""


class Party(Struct, frozen=True):
    """Somebody whom a text names or describes: the fullest form of the name, and what stands beside it."""

    name: str
    kind: Kind
    role: str = ""
    organisation: str = ""


class Attribution(Struct, frozen=True):
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
    def unsaid(self) -> str:
        """The words that say that nobody said it: 'Bell never said'; empty where there are none."""
        return self.wording if self.cue is not None and self.cue.unsaid else ""

    @property
    def before(self) -> Token:
        """What stands right before the quotation in its sentence."""
        return self.sentence.token(self.at - 1)


def attributions_in(sentences: Sequence[Sentence], words: Words) -> Mapping[int, Attribution]:
    """The attribution of each quotation, by its number."""
    quoting = {number for number, sentence in enumerate(sentences) if sentence.quoting}
    read = quoting | {number - 1 for number in quoting}
    mentions = [
        # Where nothing is quoted only full names matter, and those have two capitalised words together.
        mentions_in(sentence, words) if number in read or _has_full_name(sentence) else ()
        for number, sentence in enumerate(sentences)
    ]
    parties = _Parties(sentences, mentions, words)
    found: dict[int, Attribution] = {}
    for number in sorted(quoting):
        sentence, previous = sentences[number], sentences[number - 1] if number else None
        cues = cues_in(sentence, mentions[number], words)
        for at, token in enumerate(sentence.tokens):
            if token.quotation is None:
                continue
            cue = stating = cue_for(sentence, at, cues)
            opens = not any(token.is_word for token in sentence.tokens[:at])
            if cue is None and previous is not None and opens and previous.tokens[-1].text == ":":
                # It opens its sentence after one that ends in a colon ('Anna Bell said:').
                stating = next(reversed(cues_in(previous, mentions[number - 1], words)), None)
            speaker = parties.speaker(stating)
            wording = sentence.text(cue.first, cue.last) if cue is not None else ""
            new = Attribution(sentence, at, cue, speaker, wording, cue is not None and _continues(sentence, at, cue))
            first = found.setdefault(token.quotation, new)
            if first is not new and cue is not None and first.speaker is None:
                # Said at the end of a quotation that runs on: “First. ¶ “Second,” said Bell.
                found[token.quotation] = replace(first, cue=cue, speaker=speaker, wording=wording)
    return found


def _has_full_name(sentence: Sentence) -> bool:
    return any(one.capital and other.capital for one, other in pairwise(sentence.tokens))


def _continues(sentence: Sentence, at: int, cue: Cue) -> bool:
    """“…,” she said, “…”: the cue stands between this quotation and one that is its own too."""
    quoted = max((k for k in range(at) if sentence.tokens[k].quotation is not None), default=None)
    if quoted is None or not cue.trailing or cue.first < quoted:
        return False
    return not any(token.is_word for token in sentence.tokens[quoted + 1 : cue.first])


class _Parties:
    """The people and bodies that one text names, so that 'Ms Bell' is Anna Bell, and 'SSA' the agency spelled out beside it."""

    def __init__(self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], words: Words) -> None:
        self.words = words
        self.named: dict[str, Party] = {}
        for mention in (mention for found in mentions for mention in found):
            if mention.named and mention.kind is not Kind.PLACE:
                organisation = mention.owner if mention.role else ""
                self._add(mention.text, Party(mention.text, mention.kind, mention.role.strip(" ,."), organisation))
        self.fullest = _short_forms(self.named) | dict(_acronyms(sentences, mentions))
        """Shorter forms that mean one party only, in their plain form, to its name."""
        for other in list(self.named.values()):
            name = self._fullest(other.name)
            if name != other.name:
                self._add(name, other)

    def _fullest(self, name: str) -> str:
        return self.fullest.get(plain(name), name)

    def _add(self, name: str, new: Party) -> None:
        known = self.named.get(name, new)
        kind = new.kind if known.kind is Kind.NAME else known.kind
        organisation = known.organisation or ("" if known.role else new.organisation)
        self.named[name] = replace(known, kind=kind, role=known.role or new.role, organisation=organisation)

    def speaker(self, cue: Cue | None) -> Party | None:
        """Whom a cue states; None for a pronoun, for 'the agency' where a name stands elsewhere, and where it is in doubt."""
        subject = cue.subject if cue is not None and not cue.doubtful else None
        if subject is None or subject.kind is Kind.PRONOUN or self._points_back(subject):
            return None
        name, owner = subject.text, subject.owner
        if subject.named:
            party = self.named.get(self._fullest(name)) or Party(name, subject.kind, subject.role, owner)
            related = any(self.words.has("relations", word) for word in party.role.split())
            role = "" if related else self._without_article(party.role)
            return replace(party, role=role, organisation=self._without_article(party.organisation))
        if subject.kind is Kind.DOCUMENT and owner and not self.words.has("possessives", owner):
            owner = self._fullest(owner)
            return Party(owner if owner[0].isupper() else f"the {owner}", subject.kind)
        if self.words.has("determiners", name.split(" ")[0]):
            name = name[0].lower() + name[1:]
        organisation = self._without_article(owner) if subject.kind is Kind.DESCRIBED else ""
        return Party(name, subject.kind, organisation=organisation)

    def _without_article(self, text: str) -> str:
        first, _, rest = text.partition(" ")
        return rest if rest and self.words.has("determiners", first) else text

    def _points_back(self, subject: Mention) -> bool:
        """Whether 'the agency', 'the minister', 'the 43-year-old' may be somebody whom the text names elsewhere."""
        nouns = [word for word in plain(subject.text).split() if not self.words.has("determiners", word)]
        if subject.named or not subject.definite or subject.plural or not nouns:
            return False
        if subject.kind is Kind.DOCUMENT:
            return not subject.owner and len(nouns) == 1 and self.words.has("messages", nouns[0])
        if subject.kind is Kind.DESCRIBED and _EPITHET.search(nouns[-1]):
            return True
        wanted = f" {' '.join(nouns)} "
        if len(nouns) == 1 and self.words.has("generic", nouns[0]):
            return any(party.kind in (Kind.BODY, Kind.NAME) for party in self.named.values())
        return any(wanted in f" {plain(party.role)} " for party in self.named.values())


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
                yield plain(after[1]), mention.text
