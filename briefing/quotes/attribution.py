"""Whether a source gives a passage to the speaker that the brief names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from briefing.quotes.finding.extraction import UNKNOWN_SPEAKER, Likelihood, Quotation, quotations, speaker_of_passage
from briefing.quotes.finding.speakers import Party
from briefing.quotes.finding.words import guess_language
from briefing.quotes.parties import is_name, mentions, same_party, same_script, words_of
from briefing.quotes.saved_text import SavedText, TextParagraph
from briefing.quotes.verdict import Caution, Doubt, Found

LOOKED_BACK: Final = 3
"""Paragraphs before the passage in which its speaker may be named."""
LOOKED_AHEAD: Final = 1
"""Paragraphs behind it."""
READ_WHOLE: Final = 60_000
"""Characters: the speakers of a longer text are worked out around each passage only."""
_READ_BACK: Final = 5
# A speaker's name before a colon, as transcripts and minutes set it.
_LABEL = re.compile(r"[^\W\d_][^.!?:\n\"“”«»]{0,80}:\s")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a brief says of a quote's speaker.

    `speaker` and `bodies` are the names it gives: the person, and the bodies spoken for. `own_words` says that the source
    is the speaker's own, a letter or a statement, so that no name is expected.
    """

    speaker: str
    bodies: tuple[str, ...] = ()
    own_words: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which the source may give the words to the speaker; 'a senior official' and 'TBC' are none."""
        if self.speaker == UNKNOWN_SPEAKER:
            return ()
        return tuple(name for name in (self.speaker, *self.bodies) if is_name(name))

    def is_of(self, name: str) -> bool:
        """Whether `name` may be the speaker's; a name in letters of another script cannot be told."""
        return any(same_party(name, own) or not same_script(name, own) for own in self.names)


class Attribution(NamedTuple):
    """What a source says of the speaker of a passage: the doubts, and whether the passage stands between quotation marks."""

    cautions: tuple[Caution, ...]
    is_quoted: bool


@dataclass(frozen=True)
class Attributions:
    """To whom a saved text gives the words in it. `language` is the source's, where known."""

    saved: SavedText
    language: str | None = None

    def weigh(self, found: Found, claim: Claim) -> Attribution:
        """What speaks against `claim` where the quote was found; each of its pieces is looked at."""
        quotations_there = [self._quotation_at(start, end) for start, end in found.pieces]
        seen: dict[Doubt, Caution] = {}
        if claim.names:
            for (start, end), quotation in zip(found.pieces, quotations_there, strict=True):
                for caution in self._doubts(start, end, quotation, claim):
                    seen.setdefault(caution.doubt, caution)
        outside = [start for (start, _), one in zip(found.pieces, quotations_there, strict=True) if one is None]
        answered = claim.own_words or Doubt.OTHER_SPEAKER in seen
        if outside and not answered and self._should_be_quoted(outside[0]):
            message = "it stands outside quotation marks: the words may be the writer’s"
            seen[Doubt.OUTSIDE_MARKS] = Caution(Doubt.OUTSIDE_MARKS, message, self._paragraph(outside[0]))
        return Attribution(tuple(seen.values()), not outside)

    def _should_be_quoted(self, start: int) -> bool:
        """Whether the source marks what people say, and sets the words at `start` neither as a block nor behind a name."""
        paragraph = self.saved.paragraph_at(start)
        label = _LABEL.match(paragraph.text)
        if paragraph.quoted or (label is not None and paragraph.start + label.end() <= start):
            return False
        known = self._all or quotations(self._around(start, start, _READ_BACK, LOOKED_AHEAD), self._language)
        return any(one.verb is not None and one.likelihood is Likelihood.LIKELY for one in known)

    def _doubts(self, start: int, end: int, quotation: Quotation | None, claim: Claim) -> Iterator[Caution]:
        """What speaks against the claim; only a speaker whom the source states is held against it."""
        around = self._around(start, end, LOOKED_BACK, LOOKED_AHEAD)
        stated: Quotation | Party | None = quotation
        if quotation is None and not claim.own_words:
            stated = speaker_of_passage(around, start, end, self._language)
        name = (stated.name if isinstance(stated, Party) else stated.speaker) if stated is not None else None
        if stated is not None and name is not None and is_name(name):
            if not any(claim.is_of(one) for one in (name, stated.organisation, stated.role) if one):
                message = f"the source gives the words to ‘{name}’"
                yield Caution(Doubt.OTHER_SPEAKER, message, self._paragraph(start))
            return
        words = [word for paragraph in around for word in words_of(paragraph.text, paragraph.start)]
        named = any(True for name in claim.names for _ in mentions(words, name))
        if not named and not claim.own_words:
            message = f"‘{claim.speaker}’ is not named in the {LOOKED_BACK} paragraphs before it nor in the next"
            yield Caution(Doubt.SPEAKER_NOT_NAMED, message, self._paragraph(start))

    def _paragraph(self, offset: int) -> str:
        return self.saved.paragraph_at(offset).text

    def _around(self, start: int, end: int, back: int, ahead: int) -> Sequence[TextParagraph]:
        first, last = self.saved.paragraph_at(start).number - 1, self.saved.paragraph_at(max(start, end - 1)).number
        return self.saved.paragraphs[max(0, first - back) : last + ahead]

    @cached_property
    def _language(self) -> str:
        return self.language or guess_language(self.saved.text)

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
        alone = _sharing(quotations(self._around(start, end, 0, 0), self._language), start, end)
        if alone is not None and alone.speaker is not None:
            return alone
        return _sharing(quotations(self._around(start, end, _READ_BACK, LOOKED_AHEAD), self._language), start, end)


def _sharing(known: Sequence[Quotation], start: int, end: int) -> Quotation | None:
    shared = [(min(end, one.end) - max(start, one.start), -one.start, one) for one in known]
    best = max((entry for entry in shared if entry[0] > 0), key=lambda entry: entry[:2], default=None)
    return best[2] if best is not None else None
