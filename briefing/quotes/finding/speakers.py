"""Which words of a sentence say whose a quotation is: a verb with its subject, 'according to', a name and a colon, a dash and a name.

Each such place is a `Cue`. `cue_for` picks the one that a quotation hangs on: the one that touches it from behind (“…,” said Bell), else
the nearest before it (Bell said … “…”).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.quotes.finding.mentions import Kind, Mention
from briefing.quotes.finding.sentences import Sentence
from briefing.quotes.finding.subjects import Subjects
from briefing.quotes.finding.words import Words

_PAUSES = frozenset({",", "—", "–", "-", ";"})
_UNTIED = "the words before the colon are about them, without saying that they spoke"
_DASHES = frozenset({"—", "–", "-", "―"})


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say who spoke: tokens `first` to before `last`, the verb at `at`; `verb` is empty where there is none."""

    first: int
    last: int
    at: int
    verb: str
    subject: Mention | None
    trailing: bool = True
    """Whether it can follow the quotation it belongs to; 'adding' and 'and said' cannot."""
    doubt: str = ""
    """Why the subject may not have spoken the words: a colon after a sentence about somebody does not say so."""


def cues_in(sentence: Sentence, mentions: Sequence[Mention], words: Words) -> tuple[Cue, ...]:
    """The cues of a sentence, in order."""
    finder = _Finder(sentence, mentions, words)
    return finder.found()


def cue_for(sentence: Sentence, at: int, cues: Sequence[Cue], words: Words) -> Cue | None:
    """The cue that the quotation at token `at` hangs on; None when its sentence has none."""
    if not cues:
        return None
    tokens = sentence.tokens
    before = next((cue for cue in reversed(cues) if cue.at < at and not _stopped(sentence, cue.at, at)), None)
    after = next(
        (cue for cue in cues if cue.first > at and cue.trailing and _only_pauses(sentence, at + 1, cue.first)), None
    )
    if after is not None:
        start = max((k + 1 for k in range(at) if tokens[k].quotation is not None), default=0)
        leads = all(not token.is_word or words.has("joining", token.text) for token in tokens[start:at])
        if leads or before is None or _pausing(tokens[at].text):
            return after
    if before is not None:
        return before
    return _further(sentence, at, cues, words)


def _further(sentence: Sentence, at: int, cues: Sequence[Cue], words: Words) -> Cue | None:
    """'“Told you” was all she said', and “A” and “B,” said Bell."""
    tokens = sentence.tokens
    following = next((k for k in range(at + 1, len(tokens)) if tokens[k].quotation is not None), None)
    between = tokens[at + 1 : following]
    if following is not None and all(not token.is_word or words.has("joining", token.text) for token in between):
        return next(
            (cue for cue in cues if cue.first > following and _only_pauses(sentence, following + 1, cue.first)), None
        )
    if at + 1 < len(tokens) and words.has("being", tokens[at + 1].text):
        return next((cue for cue in cues if cue.first > at and (following is None or cue.first < following)), None)
    return None


def _stopped(sentence: Sentence, cue: int, quotation: int) -> bool:
    return any(token.text == ";" for token in sentence.tokens[cue:quotation])


def _only_pauses(sentence: Sentence, first: int, last: int) -> bool:
    return all(token.text in _PAUSES for token in sentence.tokens[first:last])


def _pausing(quoted: str) -> bool:
    """Whether the quoted words end in a mark that asks for an attribution."""
    return quoted.rstrip("\"'“”’‘«»‹›„ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}`").endswith(
        (",", "?", "!", "—", "–", "…")
    )


class _Finder:
    def __init__(self, sentence: Sentence, mentions: Sequence[Mention], words: Words) -> None:
        self._sentence = sentence
        self._tokens = sentence.tokens
        self._mentions = mentions
        self._words = words
        self._subjects = Subjects(sentence, mentions, words)

    def found(self) -> tuple[Cue, ...]:
        cues: list[Cue] = []
        for at, token in enumerate(self._tokens):
            if token.is_word and token.plain not in self._words.cue_heads:
                continue
            cue = (
                self._verb(at, cues)
                or self._source(at)
                or self._utterance(at, cues)
                or self._label(at, cues)
                or self._signature(at)
            )
            if cue is not None:
                cues.append(cue)
        return tuple(cues)

    def _verb(self, at: int, earlier: Sequence[Cue]) -> Cue | None:
        tokens = self._tokens
        if not tokens[at].is_word or any(mention.first <= at < mention.last for mention in self._mentions):
            return None
        end = at + 1
        if at + 1 < len(tokens) and self._words.has("speaking", f"{tokens[at].text} {tokens[at + 1].text}"):
            end = at + 2
        elif not self._words.has("speaking", tokens[at].text):
            return None
        doubtful = end == at + 1 and self._words.has("nouns_too", tokens[at].text)
        verb = self._sentence.text(at, end)
        if not doubtful:
            inverted = self._subjects.after(at, end)
            if inverted is not None and inverted.mention is not None:
                return Cue(inverted.opening, inverted.mention.last, at, verb, inverted.mention)
        shared = earlier[-1].subject if earlier else None
        subject = self._subjects.before(at, doubtful=doubtful, shared=shared)
        if subject is None:
            return None
        if subject.mention is None:
            rumour = end < len(tokens) and tokens[end].plain == "to" and self._words.has("rumouring", verb)
            return None if doubtful or rumour else Cue(at, end, at, verb, None, trailing=False)
        first = min(subject.mention.first, at)
        quoted = self._quoted(at) if self._words.has("quoting", verb) else None
        if quoted is not None:
            return Cue(first, quoted.last, at, verb, quoted, trailing=not subject.shared)
        last = max(end, subject.mention.last) if subject.mention.first > at else end
        handed_on = subject.shared and bool(earlier) and earlier[-1].subject == subject.mention
        doubt = subject.doubt or (earlier[-1].doubt if handed_on else "")
        return Cue(first, last, at, verb, subject.mention, trailing=not subject.shared, doubt=doubt)

    def _quoted(self, verb: int) -> Mention | None:
        """Whose words are handed on: Bell's in 'quoted Bell as saying'."""
        subject = self._subjects.starting(verb + 1)
        if subject is None or subject.last >= len(self._tokens) or self._tokens[subject.last].plain != "as":
            return None
        return subject

    def _source(self, at: int) -> Cue | None:
        """'according to Bell', 'in the words of Bell'."""
        first = self._tokens[at].plain
        for phrase in self._words.phrases:
            end = at + len(phrase)
            if phrase[0] != first or tuple(token.plain for token in self._tokens[at:end]) != phrase:
                continue
            subject = self._subjects.starting(end)
            if subject is not None:
                return Cue(at, subject.last, at, self._sentence.text(at, end), subject)
        return None

    def _utterance(self, at: int, earlier: Sequence[Cue]) -> Cue | None:
        """'Bell's verdict', 'a statement from the port', 'his words': what was said, and whose it was."""
        tokens = self._tokens
        if not tokens[at].is_word or not self._words.has("utterances", tokens[at].text):
            return None
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if self._spoken_of(at, earlier) and not self._announced(at):
            return None
        owned = next(
            (m for m in self._mentions if m.kind is Kind.DOCUMENT and m.owner and m.first <= at < m.last), None
        )
        if owned is not None:
            return Cue(owned.first, owned.last, at, "", owned, trailing=False)
        if following is not None and following.plain in ("by", "from", "of"):
            subject = self._subjects.starting(at + 2)
            if subject is not None and subject.kind is not Kind.DOCUMENT:
                return Cue(at, subject.last, at, "", subject, trailing=False)
        for back in range(at - 1, max(at - 4, -1), -1):
            token = tokens[back]
            if token.text in ("'s", "’s") or (token.text in ("'", "’") and tokens[back - 1].plain.endswith("s")):
                owner = self._subjects.ending(back) or self._subjects.noun_phrase(back - 1)
                return Cue(owner.first, at + 1, at, "", owner, trailing=False) if owner is not None else None
            pronoun = self._subjects.possessive(back)
            if pronoun is not None:
                return Cue(back, at + 1, at, "", pronoun, trailing=False)
            if not token.is_word:
                return None
        return None

    def _spoken_of(self, at: int, earlier: Sequence[Cue]) -> bool:
        """Whether a cue stands before token `at` with no quotation between, so that it is the nearer one."""
        return any(all(token.quotation is None for token in self._tokens[cue.at : at]) for cue in earlier)

    def _announced(self, at: int) -> bool:
        """Whether nothing but words stands between token `at` and a colon: 'his last words to her:'."""
        return next((token.text for token in self._tokens[at + 1 :] if not token.is_word), "") == ":"

    def _label(self, at: int, earlier: Sequence[Cue]) -> Cue | None:
        """A name and a colon before a quotation ('Bell: “…”'), or a sentence about somebody that ends in a colon."""
        if self._tokens[at].text != ":" or at == 0:
            return None
        if at + 1 < len(self._tokens) and self._tokens[at + 1].quotation is None:
            return None
        if self._spoken_of(at, earlier):
            return None
        subject = self._subjects.main(at)
        if subject is None:
            return None
        return Cue(
            subject.first,
            at + 1,
            subject.first,
            "",
            subject,
            trailing=False,
            doubt="" if subject.last == at else _UNTIED,
        )

    def _signature(self, at: int) -> Cue | None:
        """A dash and a name after a quotation: '“…” — Anna Bell'."""
        tokens = self._tokens
        if tokens[at].text not in _DASHES or at == 0 or tokens[at - 1].quotation is None:
            return None
        subject = self._subjects.ending(len(tokens)) or self._subjects.ending(len(tokens) - 1)
        if subject is None or subject.first != at + 1 or not subject.named:
            return None
        return Cue(at, subject.last, at, "", subject)
