"""Which words of a sentence say whose a quotation is: a verb with its subject, 'according to', a name and a colon, a dash and a name.

Each such place is a `Cue`. `cue_for` picks the one that a quotation hangs on: the one that touches it from behind (“…,” said Bell), else
the nearest before it (Bell said … “…”).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from briefing.quotes.finding.narration import CLOSING, Sentence, Token
from briefing.quotes.finding.noun_phrases import APOSTROPHES, POSSESSIVE, Kind, Mention
from briefing.quotes.finding.subjects import PAUSES, Subjects
from briefing.quotes.finding.words import Words

_PAUSES = PAUSES | {";"}
_DASHES = {"—", "–", "-", "―"}


class Cue(Struct, frozen=True):
    """Words that say who spoke: tokens `first` to before `last`, the verb at `at`; `verb` is empty where there is none."""

    first: int
    last: int
    at: int
    verb: str
    subject: Mention | None
    trailing: bool = True
    """Whether it can follow the quotation it belongs to; 'adding' and 'and said' cannot."""
    doubtful: bool = False
    """Whether it does not say that the subject spoke: 'never said', or a colon after a sentence about somebody."""
    unsaid: bool = False
    """Whether it says that the words were not, or perhaps not, said."""


def cues_in(sentence: Sentence, mentions: Sequence[Mention], words: Words) -> tuple[Cue, ...]:
    """The cues of a sentence, in order."""
    return _Finder(sentence, mentions, words).found()


def cue_for(sentence: Sentence, at: int, cues: Sequence[Cue]) -> Cue | None:
    """The cue that the quotation at token `at` hangs on; None when its sentence has none."""
    tokens = sentence.tokens
    after = _following(sentence, at, cues)
    reach = max((k for k in range(at) if tokens[k].text == ";"), default=-1)
    before = next((cue for cue in reversed(cues) if reach < cue.at < at), None)
    if after is not None:
        start = max((k + 1 for k in range(at) if tokens[k].quotation is not None), default=0)
        pausing = tokens[at].text.rstrip(CLOSING).endswith((",", "?", "!", "—", "–", "…"))
        if before is None or pausing or _only_joins(tokens[start:at]):
            return after
    if before is not None:
        return before
    # '“Told you” was all she said', and “A” and “B,” said Bell.
    quoted = next((k for k in range(at + 1, len(tokens)) if tokens[k].quotation is not None), None)
    if quoted is not None and _only_joins(tokens[at + 1 : quoted]):
        return _following(sentence, quoted, cues)
    predicate = sentence.token(at + 1).is_in("being")
    return next((cue for cue in cues if predicate and at < cue.first < (quoted or len(tokens))), None)


def _following(sentence: Sentence, quotation: int, cues: Sequence[Cue]) -> Cue | None:
    """The cue that follows a quotation with nothing but a pause between."""
    behind = (cue for cue in cues if cue.first > quotation and cue.trailing)
    return next((c for c in behind if all(t.text in _PAUSES for t in sentence.tokens[quotation + 1 : c.first])), None)


def _only_joins(tokens: Sequence[Token]) -> bool:
    return all(not token.is_word or token.is_in("joining") for token in tokens)


class _Finder:
    def __init__(self, sentence: Sentence, mentions: Sequence[Mention], words: Words) -> None:
        self._text, self._token, self._tokens = sentence.text, sentence.token, sentence.tokens
        self._mentions = mentions
        self._words = words
        self._subjects = Subjects(sentence, mentions)

    def found(self) -> tuple[Cue, ...]:
        cues: list[Cue] = []
        for at, token in enumerate(self._tokens):
            if not token.is_word:
                cue = self._label(at, cues) or self._signature(at)
            elif token.plain in self._words.cue_heads:
                cue = self._verb(at, cues) or self._source(at) or self._utterance(at, cues)
            else:
                cue = None
            if cue is not None:
                cues.append(cue)
        return tuple(cues)

    def _verb(self, at: int, earlier: Sequence[Cue]) -> Cue | None:
        token, following = self._tokens[at], self._token(at + 1)
        two = self._words.has("speaking", f"{token.text} {following.text}")
        within = any(mention.first <= at < mention.last for mention in self._mentions)
        if within or not (two or token.is_in("speaking")):
            return None
        end = at + 2 if two else at + 1
        unclear = not two and token.is_in("nouns_too")
        verb = self._text(at, end)
        inverted = self._subjects.after(at, end) if not unclear else None
        if inverted is not None and inverted.mention is not None:
            return Cue(inverted.opening, inverted.mention.last, at, verb, inverted.mention)
        before = earlier[-1] if earlier else None
        subject = self._subjects.before(at, unclear=unclear, shared=before.subject if before else None)
        if subject is None:
            return None
        mention = subject.mention
        if mention is None:
            rumour = self._token(end).plain == "to" and self._words.has("rumouring", verb)
            return None if unclear or rumour else Cue(at, end, at, verb, None, trailing=False)
        first = min(mention.first, at)
        # Whose words are handed on: Bell's in 'quoted Bell as saying'.
        quoted = self._subjects.starting(at + 1) if self._words.has("quoting", verb) else None
        if quoted is not None and self._token(quoted.last).plain == "as":
            return Cue(first, quoted.last, at, verb, quoted, trailing=not subject.shared)
        last = max(end, mention.last) if mention.first > at else end
        handed_on = subject.shared and before is not None and before.subject == mention and before.doubtful
        doubtful = subject.doubtful or handed_on
        return Cue(first, last, at, verb, mention, not subject.shared, doubtful, subject.unsaid)

    def _source(self, at: int) -> Cue | None:
        """'according to Bell', 'in the words of Bell'."""
        for phrase in self._words.phrases:
            end = at + len(phrase)
            if tuple(token.plain for token in self._tokens[at:end]) == phrase:
                subject = self._subjects.starting(end)
                if subject is not None:
                    return Cue(at, subject.last, at, self._text(at, end), subject)
        return None

    def _utterance(self, at: int, earlier: Sequence[Cue]) -> Cue | None:
        """'Bell's verdict', 'a statement from the port', 'his words': what was said, and whose it was."""
        tokens, subjects = self._tokens, self._subjects
        # 'His last words to her:': nothing but words stands before a colon.
        announced = next((token.text for token in tokens[at + 1 :] if not token.is_word), "") == ":"
        if not tokens[at].is_in("utterances") or (self._spoken_of(at, earlier) and not announced):
            return None
        documents = (m for m in self._mentions if m.kind is Kind.DOCUMENT and m.owner)
        owned = next((m for m in documents if m.first <= at < m.last), None)
        if owned is not None:
            return Cue(owned.first, owned.last, at, "", owned, trailing=False)
        for back in range(at - 1, max(at - 4, -1), -1):
            token = tokens[back]
            plural = token.text in APOSTROPHES and self._token(back - 1).plain.endswith("s")
            if token.text in POSSESSIVE or plural:
                owner = subjects.ending(back) or subjects.noun_phrase(back - 1)
                return Cue(owner.first, at + 1, at, "", owner, trailing=False) if owner is not None else None
            pronoun = subjects.possessive(back)
            if pronoun is not None:
                return Cue(back, at + 1, at, "", pronoun, trailing=False)
            if not token.is_word:
                break
        return None

    def _spoken_of(self, at: int, earlier: Sequence[Cue]) -> bool:
        """Whether a cue stands before token `at` with no quotation between, so that it is the nearer one."""
        return any(all(token.quotation is None for token in self._tokens[cue.at : at]) for cue in earlier)

    def _label(self, at: int, earlier: Sequence[Cue]) -> Cue | None:
        """A name and a colon before a quotation ('Bell: “…”'), or a sentence about somebody that ends in a colon."""
        following = self._token(at + 1)
        leads = self._tokens[at].text == ":" and (not following.text or following.quotation is not None)
        subject = self._subjects.main(at) if leads and not self._spoken_of(at, earlier) else None
        if subject is None:
            return None
        return Cue(subject.first, at + 1, subject.first, "", subject, False, subject.last != at)

    def _signature(self, at: int) -> Cue | None:
        """A dash and a name after a quotation: '“…” — Anna Bell'."""
        if self._tokens[at].text not in _DASHES or self._token(at - 1).quotation is None:
            return None
        subject = self._subjects.ending(len(self._tokens)) or self._subjects.ending(len(self._tokens) - 1)
        signed = subject is not None and subject.first == at + 1 and subject.named
        return Cue(at, subject.last, at, "", subject) if signed and subject is not None else None
