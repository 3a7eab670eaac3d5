"""Runs of words in a sentence: where a noun phrase or a name that begins somewhere ends."""

from __future__ import annotations

from briefing.quotes.finding.mentions import PRONOUNS
from briefing.quotes.finding.sentences import Sentence
from briefing.quotes.finding.words import Words

_LONGEST = 8
_ATTACHED = frozenset(
    {"of", "for", "at", "from", "in", "with", "behind", "on", "von", "des", "der", "de", "du", "für", "vom"}
)
_INNER = frozenset({"of", "for", "and", "&", "de", "du", "des", "für", "the"})


class Runs:
    """The runs of one sentence; `at` and `start` are numbers of tokens, ends are exclusive."""

    def __init__(self, sentence: Sentence, words: Words) -> None:
        self._sentence = sentence
        self._tokens = sentence.tokens
        self._words = words

    def text(self, first: int, last: int) -> str:
        """The words from token `first` to before token `last`."""
        return self._sentence.text(first, last)

    def noun(self, at: int) -> str:
        """What sort of noun token `at` is: 'role', 'body', 'document', or empty for any other word."""
        token = self._tokens[at]
        if not token.is_word:
            return ""
        if self._words.is_role(token.text):
            return "role"
        if self._words.is_body(token.text):
            return "body"
        return "document" if self._words.has("documents", token.text) else ""

    def stops(self, at: int) -> bool:
        """Whether a run of words that may be one noun phrase ends before token `at`."""
        token = self._tokens[at]
        if not token.is_word:
            return True
        if self._words.any_of(
            ("prepositions", "relative", "joining", "determiners", "being", "skipped", *PRONOUNS), token.text
        ):
            return True
        return self._words.has("speaking", token.text) and not self.noun(at) and not token.capital

    def run_end(self, at: int) -> int:
        """Where the run of words that begins at `at` and may be one noun phrase ends."""
        end = at
        while end < len(self._tokens) and end - at < _LONGEST:
            joint = (
                self._tokens[end].text in ("'s", "’s", "'", "’")
                and end > at
                and end + 1 < len(self._tokens)
                and self._tokens[end + 1].is_word
            )
            if not joint and (self.stops(end) or self.acts(at, end)):
                break
            end += 1
        return end

    def acts(self, start: int, at: int) -> bool:
        """Whether a word not in the lists is likely a verb: one in -ed after a noun that the lists hold ('the league invited members')."""
        token = self._tokens[at]
        past = self._words.language == "en" and token.plain.endswith("ed") and not token.capital
        return past and any(self.noun(k) for k in range(start, at))

    def plural_end(self, at: int) -> int:
        """Where the run that begins at `at` ends, cut after its first plural: 'her predecessors' and no verb."""
        end = self.run_end(at)
        return next((k + 1 for k in range(at, end) if self._tokens[k].plain.endswith("s")), end)

    def capitals_end(self, at: int) -> int:
        """Where a run of capitalised words that may be a name ends: 'University of Lake Province', 'J. R. Bell', 'Anna van der Meer'."""
        end = at
        tokens = self._tokens
        while end < len(tokens):
            token = tokens[end]
            if token.capital and not (end == at and self._words.has("no_names", token.text)):
                end += 1
                if self.keeps_stop(end):
                    end += 1
                continue
            if end == at:
                break
            ahead = end
            while ahead < len(tokens) and ahead - end < 3 and self.links(at, ahead):
                ahead += 1
            if ahead == end or ahead >= len(tokens) or not tokens[ahead].capital:
                break
            end = ahead
        return end

    def keeps_stop(self, at: int) -> bool:
        """Whether the full stop at token `at` belongs to the name: after an initial, and after 'Corp.'."""
        if (
            at >= len(self._tokens)
            or self._tokens[at].text != "."
            or self._tokens[at].start != self._tokens[at - 1].end
        ):
            return False
        initial = len(self._tokens[at - 1].text) == 1 and at + 1 < len(self._tokens) and self._tokens[at + 1].capital
        title = (
            self._words.has("titles", self._tokens[at - 1].text)
            and at + 1 < len(self._tokens)
            and self._tokens[at + 1].capital
        )
        ends_sentence = at + 1 == len(self._tokens)
        return initial or title or (self._words.has("suffixes", self._tokens[at - 1].text) and not ends_sentence)

    def links(self, start: int, at: int) -> bool:
        """Whether a small word can stand inside a name: 'van', and 'of' after a noun that takes it ('Ministry of')."""
        token = self._tokens[at]
        if self._words.has("particles", token.text) or token.text in ("'", "’", "&"):
            return True
        if token.plain == "of":
            return bool(self.noun(at - 1))
        return token.plain in _INNER and any(self.noun(k) == "body" for k in range(start, at))

    def attached_end(self, at: int) -> int:
        """Where the prepositional phrases after a noun end: 'for the port authority in Hull'."""
        end = at
        while end + 1 < len(self._tokens) and self._tokens[end].plain in _ATTACHED:
            start = end + 1
            if self._words.has("determiners", self._tokens[start].text):
                start += 1
            stop = self.run_end(start)
            known = [k for k in range(start, stop) if self.noun(k) or self._tokens[k].capital]
            stop = known[-1] + 1 if known else min(stop, start + 2)
            if stop <= start:
                return end
            end = stop
        return end

    def name_after(self, head: int) -> int | None:
        """Where a name begins that follows a noun at once; in Russian the noun's genitives may stand between (мэр города Анна Белл)."""
        reach = 3 if self._words.language == "ru" else 1
        for at in range(head + 1, min(head + 1 + reach, len(self._tokens))):
            if self.capitals_end(at) > at:
                return at
            if self.stops(at):
                return None
        return None

    def several(self, head: int) -> bool:
        """Whether the noun at `head` is a plural."""
        noun = self._tokens[head].plain
        if self._words.language in ("de", "ru"):
            return False  # their plurals do not show in a common ending
        return noun.endswith(("s", "men")) or noun in ("people", "police")

    def gender(self, start: int, end: int) -> str:
        """'he' or 'she' where a title or a noun among the words shows it, else empty."""
        for token in self._tokens[start:end]:
            if self._words.any_of(("titles_male", "roles_male"), token.text):
                return "he"
            if self._words.any_of(("titles_female", "roles_female"), token.text):
                return "she"
        return ""
