"""Whose each quotation is: its cue's subject where that is a name, else whom the pronoun, the description or the silence points back to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefing.quotes.finding.mentions import Kind, Mention
from briefing.quotes.finding.names import names_in
from briefing.quotes.finding.noun_phrases import mentions_in
from briefing.quotes.finding.referents import NOBODY, Basis, Referents, Speaker
from briefing.quotes.finding.sentences import Sentence
from briefing.quotes.finding.speakers import Cue, cue_for, cues_in
from briefing.quotes.finding.words import Words

_LOOK_BACK = 60
"""How many sentences before a quotation are read for whom its pronouns and descriptions may mean."""
_REACH = 3
"""How many paragraphs back the speaker of a quotation without any attribution is looked for."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks a quotation, and where it stands: `sentence` in the list, `at` among its tokens."""

    sentence: int
    at: int
    cue: Cue | None
    speaker: Speaker
    continues: bool = False


def voices_in(sentences: Sequence[Sentence], words: Words) -> Mapping[int, Voice]:
    """The voice of each quotation, by its number."""
    near = _near(sentences)
    read = frozenset(near)
    mentions = [
        mentions_in(sentence, words) if number in read or _may_hold_name(sentence) else ()
        for number, sentence in enumerate(sentences)
    ]
    names = names_in(sentences, mentions)
    return _Reader(sentences, mentions, near, Referents(sentences, mentions, names, words), words).read()


def _near(sentences: Sequence[Sentence]) -> list[int]:
    """The sentences that can matter to a quotation: its own and a good many before."""
    near: list[int] = []
    for number, sentence in enumerate(sentences):
        if any(token.quotation is not None for token in sentence.tokens):
            near += range(max(near[-1] + 1 if near else 0, number - _LOOK_BACK), number + 1)
    return near


def _may_hold_name(sentence: Sentence) -> bool:
    """Whether two capitalised words stand together: far from any quotation only full names matter."""
    return any(one.capital and other.capital for one, other in pairwise(sentence.tokens))


class _Reader:
    """Reads a text from its first sentence to its last, remembering who was spoken of and who spoke."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        mentions: Sequence[tuple[Mention, ...]],
        near: Sequence[int],
        referents: Referents,
        words: Words,
    ) -> None:
        self._sentences = sentences
        self._mentions = mentions
        self._near = near
        self._referents = referents
        self._words = words
        self._voices: dict[int, Voice] = {}
        self._main: dict[int, Speaker] = {}
        """Who each sentence is about: who speaks in it, else its subject."""
        self._last: tuple[int, Speaker] | None = None
        """The paragraph in which somebody was quoted last, and who it was."""

    def read(self) -> Mapping[int, Voice]:
        """The voice of every quotation."""
        for number in self._near:
            sentence = self._sentences[number]
            cues = cues_in(sentence, self._mentions[number], self._words)
            speakers = {cue: self._of(cue, number) for cue in cues}
            for at, token in enumerate(sentence.tokens):
                if token.quotation is not None:
                    voice = self._voice(number, at, speakers)
                    self._voices[token.quotation] = _settled(self._voices.get(token.quotation), voice)
            self._referents.remember(number, {one.name for one in speakers.values() if one.name is not None})
            self._keep(number, speakers)
        return self._voices

    def _voice(self, number: int, at: int, speakers: Mapping[Cue, Speaker]) -> Voice:
        sentence = self._sentences[number]
        cue = cue_for(sentence, at, tuple(speakers), self._words)
        if cue is None:
            return Voice(number, at, None, self._unattributed(number, at))
        return Voice(number, at, cue, speakers[cue], _continues(sentence, at, cue))

    def _of(self, cue: Cue, number: int) -> Speaker:
        """Who a cue says spoke."""
        if cue.subject is None:
            return NOBODY
        subject = cue.subject
        if subject.kind is Kind.DOCUMENT and not subject.owner and subject.definite and self._last is not None:
            words = subject.text.split()
            if len(words) <= 2 and self._words.has("messages", words[-1]):
                return self._last[1].guessed(
                    Basis.DESCRIPTION, f"'{subject.text}' is read as that of the last to speak"
                )
        speaker = self._referents.speaker(subject, number)
        return speaker.guessed(Basis.CONTEXT, cue.doubt) if cue.doubt and speaker.basis is Basis.STATED else speaker

    def _unattributed(self, number: int, at: int) -> Speaker:
        """The speaker of a quotation whose own sentence says nothing of one."""
        index = self._sentences[number].index
        before = number - 1
        opens = not any(token.is_word for token in self._sentences[number].tokens[:at])
        if before in self._main and opens and self._sentences[before].tokens[-1].text == ":":
            return self._main[before]
        about = self._referents.about(number, at)
        if about is not None:
            return about.guessed(Basis.CONTEXT, "the sentence is about them, without saying that they spoke")
        while before >= 0 and self._sentences[before].index == index:
            if before in self._main:
                return self._main[before].guessed(Basis.CONTEXT, "taken from the sentence before")
            before -= 1
        if self._last is not None and index - self._last[0] <= _REACH:
            return self._last[1].guessed(Basis.CONTEXT, "nobody is named here; the last to speak is taken")
        return NOBODY

    def _keep(self, number: int, speakers: Mapping[Cue, Speaker]) -> None:
        """Keep whom a sentence is about, and who was quoted in it."""
        sentence = self._sentences[number]
        quoted = [self._voices[token.quotation].speaker for token in sentence.tokens if token.quotation is not None]
        known = [speaker for speaker in quoted if speaker.name is not None]
        if known:
            self._last = (sentence.index, known[-1])
            self._main[number] = known[-1]
        elif speakers:
            self._main[number] = list(speakers.values())[-1]
        else:
            about = self._referents.about(number, len(sentence.tokens))
            if about is not None:
                self._main[number] = about


def _settled(first: Voice | None, later: Voice) -> Voice:
    """The voice of a quotation that runs on: said at its end as well as at its beginning (“First. ¶ “Second,” said Bell.)."""
    if first is None:
        return later
    if later.cue is None or first.speaker.basis is Basis.STATED:
        return first
    return replace(first, cue=later.cue, speaker=later.speaker)


def _continues(sentence: Sentence, at: int, cue: Cue) -> bool:
    """“…,” she said, “…”: the cue stands between this quotation and one that is its own too."""
    quoted = [k for k in range(at) if sentence.tokens[k].quotation is not None]
    if not quoted or not cue.trailing or cue.first < quoted[-1]:
        return False
    return not any(token.is_word for token in sentence.tokens[quoted[-1] + 1 : cue.first])
