"""Where the noun phrases and names of a sentence begin and end, told by word lists and capitals instead of a grammar.

A name is a run of capitalised words, a description a run of words that ends in a noun for a person, a body or a document; `words.toml`
holds the nouns.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefing.quotes.finding.narration import Sentence, Token
from briefing.quotes.finding.words import Words

POSSESSIVE = ("'s", "’s")
APOSTROPHES = ("'", "’")
_LONGEST = 8
_ATTACHING = {"of", "for", "at", "from", "in", "with", "behind", "on", "von", "des", "der", "de", "du", "für", "vom"}
_INNER = {"of", "for", "and", "&", "de", "du", "des", "für", "the"}
_BOUNDARIES = ("prepositions", "relative", "joining", "determiners", "being", "skipped", "pronouns", "writer")
_TRADES = ("er", "or", "ist", "ian", "man", "woman")
_LONGEST_PERSON = 5


class Kind(StrEnum):
    """What a mention is."""

    PERSON = "person"
    BODY = "body"
    NAME = "name"
    """A name of which the text does not show whether a person or a body bears it."""
    PLACE = "place"
    DESCRIBED = "described"
    """Somebody without a name: 'one resident', 'the minister'."""
    DOCUMENT = "document"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something that a sentence speaks of, at its tokens `first` to before `last`."""

    kind: Kind
    first: int
    last: int
    text: str
    """The words as they stand, for a name without its titles."""
    named: bool = False
    """Whether `text` is a name."""
    role: str = ""
    owner: str = ""
    """Whose: 'NASA' in 'NASA's administrator', 'the council' in 'a spokesman for the council'."""
    definite: bool = False
    plural: bool = False


class NounPhrases:
    """The runs of words of one sentence; `at`, `start` and `head` are numbers of tokens, ends are exclusive."""

    def __init__(self, sentence: Sentence, words: Words) -> None:
        self.text = sentence.text
        self._tokens = sentence.tokens
        self._words = words

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
        if not token.is_word or self._words.any_of(_BOUNDARIES, token.text):
            return True
        return self._words.has("speaking", token.text) and not self.noun(at) and not token.capital

    def run_end(self, at: int) -> int:
        """Where the run of words that begins at `at` and may be one noun phrase ends."""
        tokens = self._tokens
        end = at
        while end < len(tokens) and end - at < _LONGEST:
            possessive = tokens[end].text in (*POSSESSIVE, *APOSTROPHES)
            joint = possessive and end > at and end + 1 < len(tokens) and tokens[end + 1].is_word
            if not joint and (self.stops(end) or self._acts(at, end)):
                break
            end += 1
        return end

    def _acts(self, start: int, at: int) -> bool:
        """Whether a word that no list holds is likely a verb: one in -ed after a noun ('the league invited members')."""
        token = self._tokens[at]
        past = self._words.language == "en" and token.plain.endswith("ed") and not token.capital
        return past and any(self.noun(k) for k in range(start, at))

    def plural_end(self, at: int) -> int:
        """Where the run that begins at `at` ends, cut after its first plural: 'her predecessors' and no verb."""
        end = self.run_end(at)
        return next((k + 1 for k in range(at, end) if self._tokens[k].plain.endswith("s")), end)

    def capitals_end(self, at: int) -> int:
        """Where capitalised words that may be a name end: 'University of Lake Province', 'J. R. Bell', 'Anna van der Meer'."""
        tokens = self._tokens
        end = at
        while end < len(tokens):
            if tokens[end].capital and not (end == at and self._words.has("no_names", tokens[end].text)):
                end += 2 if self._keeps_stop(end + 1) else 1
                continue
            if end == at:
                break
            ahead = end
            while ahead < len(tokens) and ahead - end < 3 and self._links(at, ahead):
                ahead += 1
            if ahead == end or ahead >= len(tokens) or not tokens[ahead].capital:
                break
            end = ahead
        return end

    def _keeps_stop(self, at: int) -> bool:
        """Whether the full stop at token `at` belongs to the name: after an initial, a title, and 'Corp.'."""
        stop, before = self._tokens[at : at + 1], self._tokens[at - 1]
        if not stop or stop[0].text != "." or stop[0].start != before.end or at + 1 == len(self._tokens):
            return False
        opens = len(before.text) == 1 or self._words.has("titles", before.text)
        return (opens and self._tokens[at + 1].capital) or self._words.has("suffixes", before.text)

    def _links(self, start: int, at: int) -> bool:
        """Whether a small word can stand inside a name: 'van', and 'of' after a noun that takes it ('Ministry of')."""
        token = self._tokens[at]
        if self._words.has("particles", token.text) or token.text in (*APOSTROPHES, "&"):
            return True
        if token.plain == "of":
            return bool(self.noun(at - 1))
        return token.plain in _INNER and any(self.noun(k) == "body" for k in range(start, at))

    def attached_end(self, at: int) -> int:
        """Where the prepositional phrases after a noun end: 'for the port authority in Hull'."""
        end = at
        while end + 1 < len(self._tokens) and self._tokens[end].plain in _ATTACHING:
            start = end + 2 if self._words.has("determiners", self._tokens[end + 1].text) else end + 1
            stop = self.run_end(start)
            known = [k for k in range(start, stop) if self.noun(k) or self._tokens[k].capital]
            stop = known[-1] + 1 if known else min(stop, start + 2)
            if stop <= start:
                break
            end = stop
        return end

    def name_after(self, head: int) -> int | None:
        """Where a name begins that follows a noun; in Russian the noun's genitives may stand between (мэр города Анна Белл)."""
        reach = 3 if self._words.language == "ru" else 1
        for at in range(head + 1, min(head + 1 + reach, len(self._tokens))):
            if self.capitals_end(at) > at:
                return at
            if self.stops(at):
                break
        return None

    def several(self, head: int) -> bool:
        """Whether the noun at `head` is a plural; those of German and Russian do not show in a common ending."""
        noun = self._tokens[head].plain
        plural = noun.endswith(("s", "men")) or noun in ("people", "police")
        return plural and self._words.language not in ("de", "ru")

    def name(self, first: int, at: int, end: int) -> Mention:
        """The name whose capitalised words are `at` to `end`, titles and roles taken off; `first` takes in a determiner."""
        tokens = self._tokens
        start = at
        for k in range(at, end - 1):
            title = self._words.has("titles", tokens[k].text) or self.noun(k) == "role"
            if title and not (k > at and tokens[k + 1].text in APOSTROPHES):
                start = k + 2 if tokens[k + 1].text == "." and k + 2 < end else k + 1
        if tokens[start].plain == "of":
            return self._office(first, at, start, end)
        if start == at == 0 and end >= 3 and self._by_trade(tokens[at]):
            start = 1
        titled = start > at
        plain_title = all(
            self._words.any_of(("honorifics", "styles"), t.text) or t.text == "." for t in tokens[at:start]
        )
        role = "" if plain_title else self.text(at, start)
        if titled and (self._words.has("styles", tokens[start - 1].text) or self.noun(end - 1) == "role"):
            start -= 1  # 'Sir Edmund' keeps his style, and 'Mr Speaker' has no other name
        kind = Kind.PERSON if titled else self._kind(start, end)
        owner = self._body_before(at, start)
        return Mention(kind, first, end, self.text(start, end), named=True, role=role, owner=owner, definite=True)

    def _body_before(self, at: int, end: int) -> str:
        """The body named at the head of a role: 'NASA' in 'NASA administrator'."""
        stop = self.capitals_end(at)
        if not at < stop < end or self.noun(stop - 1) == "role":
            return ""
        body = self._acronym(self._tokens[stop - 1]) or (stop - at > 1 and self.noun(stop - 1) == "body")
        return self.text(at, stop) if body else ""

    def _office(self, first: int, at: int, of: int, end: int) -> Mention:
        """'Minister of State Aoife Brannigan' is a name; 'Secretary of State for Ports' an office."""
        capitals = all(token.capital for token in self._tokens[of + 1 : end])
        if self._tokens[of + 1].plain == "state" and end - of > 2 and capitals:
            name, role = self.text(of + 2, end), self.text(at, of + 2)
            return Mention(Kind.PERSON, first, end, name, named=True, role=role, definite=True)
        last = self.attached_end(end)
        return Mention(Kind.DESCRIBED, first, last, self.text(first, last), role=self.text(at, end), definite=True)

    def _by_trade(self, token: Token) -> bool:
        return token.plain.endswith(_TRADES) and not self._words.has("given_names_like_roles", token.text)

    def _kind(self, start: int, end: int) -> Kind:
        tokens = self._tokens[start:end]
        if len(tokens) == 1:
            return Kind.BODY if self._acronym(tokens[0]) else Kind.NAME
        if any(self.noun(k) == "body" and self._tokens[k].capital for k in range(start, end)):
            return Kind.BODY
        if self._words.has("places", tokens[-1].text):
            return Kind.PLACE
        if self._acronym(tokens[-1]):
            return Kind.BODY
        return Kind.PERSON if len(tokens) <= _LONGEST_PERSON else Kind.NAME

    @staticmethod
    def _acronym(token: Token) -> bool:
        return len(token.text) > 1 and token.text.isupper()
