"""Whose each quotation is: its cue's subject where that is a name, else whom the pronoun, the description or the silence points back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from briefing.evidence.extraction.genders import genders_in
from briefing.evidence.extraction.mentions import Kind, Mention, mentions_in
from briefing.evidence.extraction.names import Names, Party, names_in
from briefing.evidence.extraction.pronouns import Seen, antecedent
from briefing.evidence.extraction.sentences import Sentence
from briefing.evidence.extraction.speakers import Cue, cue_for, cues_in
from briefing.evidence.extraction.words import Words

_REACH = 3
"""How many paragraphs back the speaker of a quotation without any attribution is looked for."""


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
class Voice:
    """Who speaks a quotation, and where it stands: `sentence` in the list, `at` among its tokens."""

    sentence: int
    at: int
    cue: Cue | None
    speaker: str | None
    basis: Basis
    reason: str = ""
    role: str = ""
    organisation: str = ""
    continues: bool = False


@dataclass(frozen=True, slots=True)
class _Speaker:
    name: str | None
    basis: Basis
    reason: str = ""
    role: str = ""
    organisation: str = ""
    seen: Seen | None = None


_NOBODY = _Speaker(None, Basis.UNKNOWN, "nothing in the text tells who said it")


def voices_in(sentences: Sequence[Sentence], texts: Sequence[str], words: Words) -> dict[int, Voice]:
    """The voice of each quotation, by its number; `texts` are the quoted words."""
    mentions = [mentions_in(sentence, words) for sentence in sentences]
    return _Reader(sentences, mentions, names_in(sentences, mentions, words), texts, words).read()


class _Reader:
    """Reads a text from its first sentence to its last, remembering who was spoken of and who spoke."""

    def __init__(self, sentences: Sequence[Sentence], mentions: Sequence[tuple[Mention, ...]], names: Names, texts: Sequence[str], words: Words) -> None:
        self._sentences = sentences
        self._mentions = mentions
        self._names = names
        self._texts = texts
        self._words = words
        self._genders = genders_in(sentences, mentions, names)
        self._seen: list[Seen] = []
        self._voices: dict[int, Voice] = {}
        self._last: tuple[int, _Speaker] | None = None
        """The paragraph in which somebody spoke last, and who it was."""
        self._main: dict[int, _Speaker] = {}
        """Who each sentence is about."""

    def read(self) -> dict[int, Voice]:
        """The voice of every quotation."""
        for number, sentence in enumerate(self._sentences):
            cues = cues_in(sentence, self._mentions[number], self._words)
            speakers = {cue: self._of(cue, number) for cue in cues}
            for at, token in enumerate(sentence.tokens):
                if token.quotation is not None and token.quotation not in self._voices:
                    self._voices[token.quotation] = self._voice(number, at, cues, speakers)
            self._remember(number, speakers)
        return self._voices

    def _voice(self, number: int, at: int, cues: Sequence[Cue], speakers: dict[Cue, _Speaker]) -> Voice:
        sentence = self._sentences[number]
        cue = cue_for(sentence, at, cues, self._words)
        speaker = speakers.get(cue, _NOBODY) if cue is not None else self._unattributed(number, at)
        continues = cue is not None and self._continues(sentence, at, cue)
        return Voice(number, at, cue, speaker.name, speaker.basis, speaker.reason, speaker.role, speaker.organisation, continues)

    def _continues(self, sentence: Sentence, at: int, cue: Cue) -> bool:
        """“…,” she said, “…”: the cue stands between this quotation and one that is its own too."""
        quoted = [k for k in range(at) if sentence.tokens[k].quotation is not None]
        return bool(quoted) and cue.trailing and quoted[-1] < cue.first and all(not t.is_word for t in sentence.tokens[quoted[-1] + 1 : cue.first])

    def _unattributed(self, number: int, at: int) -> _Speaker:
        """The speaker of a quotation whose own sentence says nothing of one."""
        index = self._sentences[number].index
        before = number - 1
        opens = not any(token.is_word for token in self._sentences[number].tokens[:at])
        if before >= 0 and opens and self._sentences[before].tokens[-1].text == ":" and before in self._main:
            return self._main[before]
        own = self._about(number, at)
        if own is not None:
            return own
        while before >= 0 and self._sentences[before].index == index:
            if before in self._main:
                return self._earlier(self._main[before], "taken from the sentence before")
            before -= 1
        if self._last is not None and index - self._last[0] <= _REACH:
            return self._earlier(self._last[1], "nobody is named here; the last to speak is taken")
        return _NOBODY

    def _about(self, number: int, at: int) -> _Speaker | None:
        """Whom the quotation's own sentence is about, going by what stands before it."""
        for seen in self._here(number, at, frozenset()):
            if seen.rank == "subject" and seen.named and seen.kind in (Kind.PERSON, Kind.BODY):
                return self._guessed(seen, Basis.CONTEXT, "the sentence is about them, without saying that they spoke")
        return None

    def _earlier(self, speaker: _Speaker, reason: str) -> _Speaker:
        if speaker.name is None:
            return _NOBODY
        return _Speaker(speaker.name, Basis.CONTEXT, reason, speaker.role, speaker.organisation, speaker.seen)

    def _of(self, cue: Cue, number: int) -> _Speaker:
        """Who a cue says spoke."""
        if cue.subject is None:
            return _NOBODY
        speaker = self._speaker(cue.subject, number)
        if cue.tied or speaker.basis is not Basis.STATED:
            return speaker
        return replace(speaker, basis=Basis.CONTEXT, reason="the words before the colon are about them, without saying that they spoke")

    def _speaker(self, mention: Mention, number: int) -> _Speaker:
        """Who a cue's subject is."""
        if mention.kind is Kind.PRONOUN:
            return self._meant(mention, number)
        if mention.named:
            return self._stated(self._names.of(mention))
        if mention.kind is Kind.DOCUMENT:
            return self._document(mention, number)
        if mention.definite and not mention.plural:
            known = self._described(mention, number)
            if known is not None:
                return known
        return self._unnamed(mention)

    def _unnamed(self, mention: Mention) -> _Speaker:
        """Somebody the text describes and does not name: the description is the speaker."""
        first = mention.text.split(" ")[0]
        text = mention.text[0].lower() + mention.text[1:] if self._words.has("determiners", first) else mention.text
        if mention.kind is not Kind.DESCRIBED:
            return _Speaker(text, Basis.STATED)
        return _Speaker(text, Basis.STATED, organisation=_undetermined(mention.owner, self._words))

    def _stated(self, party: Party) -> _Speaker:
        return _Speaker(party.name, Basis.STATED, role=self._office(party), organisation=_undetermined(party.organisation, self._words))

    def _office(self, party: Party | None) -> str:
        """The party's role, unless it only says how somebody else stands to them ('her colleague')."""
        if party is None or any(self._words.has("relations", word) for word in party.role.split()):
            return ""
        return _undetermined(party.role, self._words)

    def _meant(self, mention: Mention, number: int) -> _Speaker:
        if mention.pronoun == "writer":
            return _Speaker(None, Basis.UNKNOWN, f"'{mention.text}' is whoever wrote the text")
        earlier = (*self._seen, *self._here(number, mention.first, frozenset()))
        seen = antecedent(mention.pronoun, number, earlier)
        if seen is None:
            return _Speaker(None, Basis.UNKNOWN, f"'{mention.text}' means nobody who is named before")
        return self._guessed(seen, Basis.PRONOUN, f"'{mention.text}' is read as the one spoken of last")

    def _guessed(self, seen: Seen, basis: Basis, reason: str) -> _Speaker:
        party = self._names.parties.get(seen.name)
        organisation = _undetermined(party.organisation, self._words) if party else ""
        return _Speaker(seen.name, basis, reason, self._office(party), organisation, seen)

    def _document(self, mention: Mention, number: int) -> _Speaker:
        """A statement or a letter speaks for whoever made it; a report for itself."""
        if mention.owner:
            owner = self._names.shorter.get(mention.owner.casefold(), mention.owner)
            pronoun = {"his": "he", "her": "she", "its": "it", "their": "they"}.get(mention.owner.casefold())
            if pronoun is None:
                return _Speaker(owner if owner[0].isupper() else f"the {owner}", Basis.STATED)
        words = mention.text.casefold().split()
        if mention.definite and len(words) <= 2 and self._words.has("messages", words[-1]) and self._last is not None:
            return self._earlier(self._last[1], f"'{mention.text}' is read as that of the last to speak")
        return self._unnamed(mention)

    def _described(self, mention: Mention, number: int) -> _Speaker | None:
        """The one named before whom 'the agency' or 'the minister' means."""
        tokens = self._sentences[number].tokens[mention.first : mention.last]
        nouns = [token.plain for token in tokens if token.is_word and not self._words.has("determiners", token.text)]
        if not nouns:
            return None
        wanted = " ".join(nouns)
        for seen in reversed(self._seen):
            if not seen.named or (mention.gender and seen.gender not in ("", mention.gender)):
                continue
            party = self._names.parties.get(seen.name)
            role = party.role.casefold() if party else ""
            generic = seen.kind is Kind.BODY and len(nouns) == 1 and self._words.has("generic", nouns[0])
            if (role and (role == wanted or (role + " ").startswith(wanted + " ") or role.endswith(" " + wanted))) or generic:
                return self._guessed(seen, Basis.DESCRIPTION, f"'{mention.text}' is read as the one named before")
        return None

    def _here(self, number: int, before: int, spoke: frozenset[str]) -> list[Seen]:
        """Who is mentioned in a sentence before one of its tokens, with their weight."""
        sentence = self._sentences[number]
        found: list[Seen] = []
        subject_taken = False
        for mention in self._mentions[number]:
            if mention.first >= before:
                break
            preceding = sentence.tokens[mention.first - 1] if mention.first else None
            governed = preceding is not None and self._words.has("prepositions", preceding.text)
            agent = preceding is not None and preceding.plain in ("by", "von", "par")
            rank = "agent" if agent else "other" if governed or subject_taken else "subject"
            subject_taken = subject_taken or (rank == "subject" and mention.pronoun != "writer")
            seen = self._as_seen(mention, number, rank, spoke, found)
            if seen is not None:
                found.append(seen)
        return found

    def _as_seen(self, mention: Mention, number: int, rank: str, spoke: frozenset[str], here: Sequence[Seen]) -> Seen | None:
        index = self._sentences[number].index
        if mention.named:
            if mention.initial and not self._names.knows(mention) and rank == "subject" and mention.text not in spoke:
                return None
            party = self._names.of(mention)
            return Seen(party.name, party.kind, number, index, rank, party.gender or self._genders.get(party.name, ""), mention.plural, True, party.name in spoke)
        if mention.kind is Kind.PRONOUN:
            if mention.pronoun == "writer" or rank != "subject":
                return None
            meant = antecedent(mention.pronoun, number, (*self._seen, *here))
            return None if meant is None else Seen(meant.name, meant.kind, number, index, rank, meant.gender, meant.plural, meant.named, meant.name in spoke)
        known = self._described(mention, number) if mention.definite and not mention.plural and mention.kind is not Kind.DOCUMENT else None
        if known is not None and known.seen is not None:
            return Seen(known.seen.name, known.seen.kind, number, index, rank, known.seen.gender, False, True, known.seen.name in spoke)
        name = self._unnamed(mention).name or mention.text
        return Seen(name, mention.kind, number, index, rank, mention.gender, mention.plural, False, name in spoke)

    def _remember(self, number: int, speakers: dict[Cue, _Speaker]) -> None:
        """Keep who was mentioned in a sentence, who it is about, and who spoke."""
        sentence = self._sentences[number]
        spoke = frozenset(speaker.name for speaker in speakers.values() if speaker.name is not None)
        here = self._here(number, len(sentence.tokens), spoke)
        self._seen += here
        voiced = [self._voices[token.quotation] for token in sentence.tokens if token.quotation is not None]
        speaking = [voice for voice in voiced if voice.speaker is not None]
        if speaking:
            voice = speaking[-1]
            speaker = _Speaker(voice.speaker, voice.basis, voice.reason, voice.role, voice.organisation)
            self._last = (sentence.index, speaker)
            self._main[number] = speaker
        elif speakers:
            self._main[number] = next(reversed(speakers.values()))
        else:
            people = [seen for seen in here if seen.rank == "subject" and seen.kind in (Kind.PERSON, Kind.NAME, Kind.BODY)]
            if people:
                self._main[number] = self._guessed(people[0], Basis.STATED, "")


def _undetermined(text: str, words: Words) -> str:
    """A description without its article."""
    first, _, rest = text.partition(" ")
    return rest if rest and words.has("determiners", first) else text
