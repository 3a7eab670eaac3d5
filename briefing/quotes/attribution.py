"""Whether a source gives a passage to the speaker that the brief names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from msgspec import Struct

from briefing.quotes.deputies import deputy_doubt
from briefing.quotes.finding.extraction import (
    UNKNOWN_SPEAKER,
    Likelihood,
    Quotation,
    attribution_of_passage,
    quotations,
)
from briefing.quotes.finding.speakers import Attribution as Stated
from briefing.quotes.finding.turns import Label, Turns, speaker_named
from briefing.quotes.finding.words import guess_language
from briefing.quotes.handed_on import handed_on, handed_on_behind
from briefing.quotes.parties import is_body, is_name, is_office, mentions, same_party, same_script, words_of
from briefing.quotes.plain_speakers import stated_plainly
from briefing.quotes.saved_text import SavedText, TextParagraph
from briefing.quotes.verdict import Caution, Doubt, Found

LOOKED_BACK: Final = 3
"""Paragraphs before the passage in which its speaker may be named."""
LOOKED_AHEAD: Final = 1
"""Paragraphs behind it."""
READ_WHOLE: Final = 60_000
"""Characters: the speakers of a longer text are worked out around each passage only."""
_READ_BACK: Final = 5
_LONGEST_LEAD: Final = 160
# A speaker's own words inside a quotation of the speaker: 'I told him, ‘…’'.
_OWN_NESTED = re.compile(
    r"\b(?:I|we)(?:['’]ve|['’]d| have| had)?(?: \w+ly| always| then| just| also)? "
    r"(?:said|say|told|tell|wrote|write|asked|ask|answered|replied|added|repeat|called|call|promised)\b[^.?!]*$|"
    r"\b(?:ich|wir) (?:sagten?|sage|schrieb|fragte|habe[n]?)\b[^.?!]*$|\b(?:j’ai|j'ai|nous avons|je leur ai) dit\b[^.?!]*$"
)
_SENTENCE_END = re.compile(r"[.?!\n]|$")


# A clause that leads to a quotation and says that nobody said it: 'denied that she had said', 'hat nie gesagt'.
_ONE_CLAUSE: Final = r"(?:(?!\b(?:and|but|und|aber|et|mais|hesitate|only)\b)[^.?!;,:“”„«»\"])*"
_DENIALS: Final = (
    (
        "never|not|n[’']t|cannot|refuse[sd]? to|decline[sd] to|den(?:y|ies|ied|ying)|false that|untrue that",
        "say|says|said|saying|claim(?:s|ed|ing)?|state[sd]?|promised?|told|tell|write|wrote|written|using|used",
    ),
    (
        "nie|niemals|nicht|bestreitet|bestritt|dementierte?|leugnete?",
        "gesagt|sagte|sagt|behauptet|versprochen|geschrieben",
    ),
    ("jamais|pas|nie|nié|niait|dément|démenti|réfut[eé]", "dit|déclaré|affirmé|promis|écrit"),
    (
        "reportedly|allegedly|supposedly|falsely|wrongly|imagine[sd]?",
        "say|says|said|saying|claim(?:s|ed)?|tweeted|wrote",
    ),
    ("soll|sollen|angeblich", "gesagt|sagte|behauptet|geschrieben"),
    ("aurait|auraient|prétendument", "dit|déclaré|affirmé|écrit"),
    (
        "nunca|jamás|no|niega|negó|desmiente|desmintió|supuestamente",
        "dicho|dijo|dice|afirmó|declaró|haber dicho|prometido",
    ),
    ("mai|non|nega|negato|smentisce|smentito|avrebbe", "detto|dice|disse|dichiarato|affermato"),
    ("nunca|não|nega|negou|desmentiu|teria", "dito|disse|diz|afirmou|afirmado"),
    ("nooit|niet|ontkent|ontkende", "gezegd|zei|zegt|beweerd"),
    ("لم|لا|ما|نفى|نفت|ينفي|تنفي", "يقل|تقل|قال|قالت|يقول|تقول|قوله|قولها|يصرح|تصرح"),
    ("לא|מעולם|מכחיש|מכחישה|הכחיש|הכחישה", "אמר|אמרה|שאמר|שאמרה|אומר|אומרת"),
)


def _unsaid(lead: str) -> re.Match[str] | None:
    """The first such clause at the end of `lead`. Those of all languages together take long to compile."""
    clauses = [
        re.search(
            rf"\b(?:{denial})\b{_ONE_CLAUSE}\b(?:{verb})\b{_ONE_CLAUSE}[:,]?\s*[“\"„«‘']*\s*$", lead, re.IGNORECASE
        )
        for denial, verb in _DENIALS
        if re.search(rf"\b(?:{denial})\b", lead, re.IGNORECASE)
    ]
    return min(filter(None, clauses), key=re.Match.start, default=None)


class Claim(Struct, frozen=True):
    """What a brief says of a quote's speaker.

    `speaker` and `bodies` are the names it gives: the person, and the bodies spoken for. `own_words` says that the source
    is the speaker's own, a letter or a statement, so that no name is expected.
    """

    speaker: str
    bodies: tuple[str, ...] = ()
    own_words: bool = False
    role: str = ""
    """The office of the person, where the brief gives one: a body has none."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which the source may give the words to the speaker; 'a senior official' and 'TBC' are none."""
        if self.speaker == UNKNOWN_SPEAKER:
            return ()
        return tuple(name for name in (self.speaker, *self.bodies) if is_name(name))

    @property
    def is_person(self) -> bool:
        """Whether the speaker certainly is a person: somebody with an office, or one who speaks for a body."""
        return bool(self.role or self.bodies) and is_name(self.speaker) and not is_body(self.speaker)

    def is_of(self, name: str) -> bool:
        """Whether `name` may be the speaker's, or is the speaker's office; a name in letters of another script cannot be told."""
        return is_office(name, self.role) or any(
            same_party(name, own) or not same_script(name, own) or _are_initials(name, own) for own in self.names
        )


class Attribution(NamedTuple):
    """What a source says of the speaker of a passage: the doubts, and whether the passage stands between quotation marks."""

    cautions: tuple[Caution, ...]
    is_quoted: bool


class Attributions(Struct, frozen=True, dict=True):
    """To whom a saved text gives the words in it. `language` is the source's, where known."""

    saved: SavedText
    language: str | None = None

    def weigh(self, found: Found, claim: Claim) -> Attribution:
        """What speaks against `claim` where the quote was found; each of its pieces is looked at, and what lies between."""
        quotations_there = [self._quotation_at(start, end) for start, end in found.pieces]
        seen: dict[Doubt, Caution] = {}
        nested = all(map(self._is_nested, found.pieces, quotations_there))
        if claim.names:
            for (start, end), quotation in zip(found.pieces, quotations_there, strict=True):
                for caution in self._doubts(start, end, quotation, claim, nested=nested):
                    seen.setdefault(caution.doubt, caution)
            for (_, start), (end, _) in pairwise(found.pieces):
                for caution in self._change_of_speaker(start, end, claim):
                    seen.setdefault(caution.doubt, caution)
        outside = [start for (start, _), one in zip(found.pieces, quotations_there, strict=True) if one is None]
        answered = claim.own_words or Doubt.OTHER_SPEAKER in seen
        if outside and not answered and self._should_be_quoted(outside[0], claim):
            message = "it stands outside quotation marks: the words may be the writer’s"
            seen[Doubt.OUTSIDE_MARKS] = Caution(Doubt.OUTSIDE_MARKS, message, self._paragraph(outside[0]))
        return Attribution(tuple(seen.values()), not outside)

    def _should_be_quoted(self, start: int, claim: Claim) -> bool:
        """Whether the source marks what people say, and sets the words at `start` neither as a block nor behind a name."""
        if self.saved.paragraph_at(start).quoted or self._turn(start, claim) is not None:
            return False
        known = self._all or self._quotations(start, start, _READ_BACK, LOOKED_AHEAD)
        return any(one.verb is not None and one.likelihood is Likelihood.LIKELY for one in known)

    def _turn(self, offset: int, claim: Claim) -> Label | None:
        """The label under which the words at `offset` stand."""
        label = self._turns.at(offset, claim.is_of)
        return label if label is not None and (label.name or label.group != "heading") else None

    def _doubts(
        self, start: int, end: int, quotation: Quotation | None, claim: Claim, *, nested: bool
    ) -> Iterator[Caution]:
        """What speaks against the claim; only a speaker whom the source states is held against it."""
        around = self._around(start, end, LOOKED_BACK, LOOKED_AHEAD)
        turn = self._turn(start, claim)
        # Words between quotation marks are those of a label's speaker only where they stand right behind it.
        if quotation is not None and (quotation.attribution or (turn and self._text(turn.body, quotation.start))):
            turn = None
        stated = None
        if quotation is None and turn is None and not claim.own_words:
            stated = attribution_of_passage(around, start, end, self._language)
            if stated.cue is not None and not stated.cue.verb and not self._labels(stated):
                stated = None
        speakers = _speakers(quotation, stated, turn)
        unsaid = quotation.unsaid if quotation is not None else stated.unsaid if stated is not None else ""
        lead = self.saved.text[
            self.saved.paragraph_at(start).start : quotation.start if quotation is not None else start
        ]
        lead = lead[-_LONGEST_LEAD:]
        denial = _unsaid(lead)
        unsaid = unsaid or (denial[0].strip(" \n:,“\"„«‘'") if denial is not None else "")
        if unsaid:
            message = f"the source does not say that the words were said: ‘{unsaid}’"
            yield Caution(Doubt.NOT_SAID, message, self._paragraph(start))
        if nested:
            whose = f"‘{speakers[0]}’" if speakers else "the speaker"
            message = f"the words stand in a quotation inside a quotation: {whose} hands on what somebody else said"
            yield Caution(Doubt.SECOND_HAND, message, self._paragraph(start))
        own = (
            quotation.start
            if quotation is not None
            else max(turn.body, self.saved.paragraph_at(start).start)
            if turn
            else start
        )
        others = handed_on(self.saved.text[min(own, start) : start]) if not nested else ""
        own_end = quotation.end if quotation is not None else end
        if turn is not None and quotation is None:
            goes_on = _SENTENCE_END.search(self.saved.text, end, self.saved.paragraph_at(end - 1).end)
            own_end = goes_on.start() if goes_on is not None else end
        behind = (
            "" if others or nested else handed_on_behind(self.saved.text[end : max(end, own_end)].rstrip("”’\"'»“"))
        )
        if others or behind:
            where = "before" if others else "behind"
            message = f"the speaker hands on what others say: ‘{others or behind}’ was cut off {where} it"
            yield Caution(Doubt.SECOND_HAND, message, self._paragraph(start))
        deputy = deputy_doubt(speakers, claim.speaker, claim.role, claim.is_of) if claim.is_person else None
        if deputy is not None:
            yield Caution(deputy, f"the source gives the words to ‘{speakers[0]}’", self._paragraph(start))
            return
        if speakers and is_name(speakers[0]) and not (nested and not any(map(claim.is_of, speakers))):
            if not any(map(claim.is_of, speakers)):
                message = f"the source gives the words to ‘{speakers[0]}’"
                yield Caution(Doubt.OTHER_SPEAKER, message, self._paragraph(start))
            return
        plainly, certain = self._stated_plainly(quotation) if not speakers and turn is None else ("", False)
        another = plainly and not claim.is_of(plainly)
        if another and certain:
            message = f"the source gives the words to ‘{plainly}’"
            yield Caution(Doubt.OTHER_SPEAKER, message, self._paragraph(start))
            return
        # Whoever answers questions, or speaks under an office, is named anywhere in the text.
        unnamed = turn is not None and not turn.name
        words = [
            word for one in (self.saved.paragraphs if unnamed else around) for word in words_of(one.text, one.start)
        ]
        if unnamed and turn is not None and turn.group != "question" and self._turns.has_own(turn.group, claim.is_of):
            label = self.saved.text[turn.start : turn.body].strip(" \n:")
            message = f"the words stand under the label ‘{label}’, and ‘{claim.speaker}’ has another in the text"
            yield Caution(Doubt.SPEAKER_NOT_NAMED, message, self._paragraph(start))
            return
        named = any(True for name in claim.names for _ in mentions(words, name))
        if not named and not claim.own_words and not unsaid:
            message = f"‘{claim.speaker}’ is not named in the {LOOKED_BACK} paragraphs before it nor in the next"
            yield Caution(Doubt.SPEAKER_NOT_NAMED, message, self._paragraph(start))
        elif another:
            message = f"the source gives the words to ‘{plainly}’"
            yield Caution(Doubt.SPEAKER_NOT_NAMED, message, self._paragraph(start))

    def _stated_plainly(self, quotation: Quotation | None) -> tuple[str, bool]:
        """The name beside a quotation in a language without word lists, and whether it certainly is one."""
        if quotation is None or quotation.speaker:
            return "", False
        paragraph = self.saved.paragraph_at(quotation.start)
        before = self.saved.text[max(paragraph.start, quotation.start - _LONGEST_LEAD) : quotation.start]
        return stated_plainly(
            before, self.saved.text[quotation.end : min(paragraph.end, quotation.end + _LONGEST_LEAD)]
        )

    def _labels(self, stated: Stated) -> bool:
        """Whether a name before a colon is a speaker's, and no heading's ('Decision:'): a single word stands elsewhere, too."""
        name = stated.speaker.name if stated.speaker is not None else ""
        known = len(name.split()) > 1 or name.isupper() or self.saved.text.count(name) > 1
        return known and speaker_named(name) is not None

    def _is_nested(self, piece: tuple[int, int], quotation: Quotation | None) -> bool:
        """Whether words stand in a quotation inside `quotation` that is not of the same speaker's earlier words."""
        start, end = piece
        places = quotation.nested_places if quotation is not None else ()
        inner = next((place for place in places if place[0] <= start and end <= place[1] + 1), None)
        if inner is None or quotation is None:
            return False
        return _OWN_NESTED.search(self.saved.text[quotation.start : inner[0]]) is None

    def _change_of_speaker(self, start: int, end: int, claim: Claim) -> Iterator[Caution]:
        """What of the words left out between two pieces is somebody else's."""
        label = self._turns.between(start, end, claim.is_of)
        other = label.name if label is not None else ""
        if not other and self._all:
            between = (one for one in self._all if start <= one.start and one.end <= end and one.speaker is not None)
            names = (one.speaker for one in between if one.speaker is not None and is_name(one.speaker))
            other = next((name for name in names if not claim.is_of(name)), "")
        if other:
            message = f"between its pieces the source gives words to ‘{other}’"
            yield Caution(Doubt.OTHER_SPEAKER, message, self.saved.text[start:end].strip())

    def _text(self, start: int, end: int) -> str:
        """The letters between two places."""
        return "".join(filter(str.isalnum, self.saved.text[min(start, end) : max(start, end)]))

    def _paragraph(self, offset: int) -> str:
        return self.saved.paragraph_at(offset).text

    def _around(self, start: int, end: int, back: int, ahead: int) -> Sequence[TextParagraph]:
        first, last = self.saved.paragraph_at(start).number - 1, self.saved.paragraph_at(max(start, end - 1)).number
        return self.saved.paragraphs[max(0, first - back) : last + ahead]

    @cached_property
    def _turns(self) -> Turns:
        return Turns(self.saved.paragraphs)

    @cached_property
    def _language(self) -> str:
        return self.language or guess_language(self.saved.text)

    @cached_property
    def _read(self) -> dict[tuple[int, int], tuple[Quotation, ...]]:
        """The quotations of the stretches of a long text that were read, by their first and last paragraphs."""
        return {}

    @cached_property
    def _all(self) -> tuple[Quotation, ...] | None:
        if len(self.saved.text) > READ_WHOLE:
            return None
        return quotations(self.saved.paragraphs, self._language)

    def _quotation_at(self, start: int, end: int) -> Quotation | None:
        """The quotation of the source that shares most with the passage."""
        if self._all is not None:
            return _sharing(self._all, start, end)
        # Most speakers are named in the paragraph itself; what stands around it is read only for the others.
        alone = _sharing(self._quotations(start, end, 0, 0), start, end)
        if alone is not None and alone.speaker is not None:
            return alone
        return _sharing(self._quotations(start, end, _READ_BACK, LOOKED_AHEAD), start, end)

    def _quotations(self, start: int, end: int, back: int, ahead: int) -> tuple[Quotation, ...]:
        """Those around a passage; what was read is kept, since the next passage may stand in the same paragraph."""
        around = self._around(start, end, back, ahead)
        stretch = (around[0].number, around[-1].number)
        if stretch not in self._read:
            self._read[stretch] = quotations(around, self._language)
        return self._read[stretch]


def _are_initials(label: str, name: str) -> bool:
    """Whether a label such as 'OB' holds the first letters of 'Olaf Berg'."""
    return label.isupper() and "".join(word[0] for word in name.split()).upper() == label.replace(".", "").replace(
        " ", ""
    )


def _speakers(quotation: Quotation | None, stated: Stated | None, turn: Label | None) -> list[str]:
    """Whom the source states to have said the words: the name first, then body and office."""
    known: tuple[str | None, ...]
    if quotation is not None and quotation.speaker:
        known = (quotation.speaker, quotation.organisation, quotation.role)
    elif stated is not None and stated.speaker is not None:
        known = (stated.speaker.name, stated.speaker.organisation, stated.speaker.role)
    else:
        known = (turn.name if turn is not None else None, None, None)
    return [name for name in known if name]


def _sharing(known: Sequence[Quotation], start: int, end: int) -> Quotation | None:
    shared = [(min(end, one.end) - max(start, one.start), -one.start, one) for one in known]
    best = max((entry for entry in shared if entry[0] > 0), key=lambda entry: entry[:2], default=None)
    return best[2] if best is not None else None
