"""Where the noun phrases and names of a sentence begin and end, told by word lists and capitals instead of a grammar.

A name is a run of capitalised words, a description a run of words that ends in a noun for a person, a body or a document; `words.toml`
holds the nouns.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

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


class Mention(Struct, frozen=True):
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
        self.text, self.token, self.tokens = sentence.text, sentence.token, sentence.tokens
        self.words = words

    def stops(self, at: int) -> bool:
        """Whether a run of words that may be one noun phrase ends before token `at`."""
        token = self.token(at)
        verb = token.is_in("speaking") and not token.noun and not token.capital
        return not token.is_word or token.is_in(*_BOUNDARIES) or verb

    def run_end(self, at: int) -> int:
        """Where the run of words that begins at `at` and may be one noun phrase ends."""
        end = at
        while end - at < _LONGEST:
            token = self.token(end)
            joint = end > at and token.text in (*POSSESSIVE, *APOSTROPHES) and self.token(end + 1).is_word
            # A word that no list holds is likely a verb in -ed after a noun ('the league invited members').
            past = self.words.language == "en" and token.plain.endswith("ed") and not token.capital
            if not joint and (self.stops(end) or (past and any(one.noun for one in self.tokens[at:end]))):
                break
            end += 1
        return end

    def plural_end(self, at: int) -> int:
        """Where the run that begins at `at` ends, cut after its first plural: 'her predecessors' and no verb."""
        end = self.run_end(at)
        return next((k + 1 for k in range(at, end) if self.tokens[k].plain.endswith("s")), end)

    def capitals_end(self, at: int) -> int:
        """Where capitalised words that may be a name end: 'University of Lake Province', 'J. R. Bell', 'Anna van der Meer'."""
        if self.token(at).is_in("no_names"):
            return at
        end = ahead = at
        while self.token(ahead).capital:
            end = ahead + (2 if self._keeps_stop(ahead + 1) else 1)
            ahead = end
            while not self.token(ahead).capital and ahead - end < 3 and self._links(at, ahead):
                ahead += 1
        return end

    def _keeps_stop(self, at: int) -> bool:
        """Whether the full stop at token `at` belongs to the name: after an initial, a title, and 'Corp.'."""
        before, stop, after = self.token(at - 1), self.token(at), self.token(at + 1)
        if stop.text != "." or stop.start != before.end or not after.text:
            return False
        opens = len(before.text) == 1 or before.is_in("titles")
        return (opens and after.capital) or before.is_in("suffixes")

    def _links(self, start: int, at: int) -> bool:
        """Whether a small word can stand inside a name: 'van', and 'of' after a noun that takes it ('Ministry of')."""
        token = self.token(at)
        if token.is_in("particles") or token.text in (*APOSTROPHES, "&"):
            return True
        if token.plain == "of":
            return bool(self.tokens[at - 1].noun)
        return token.plain in _INNER and any(one.noun == "bodies" for one in self.tokens[start:at])

    def attached_end(self, at: int) -> int:
        """Where the prepositional phrases after a noun end: 'for the port authority in Hull'."""
        end = at
        while self.token(end).plain in _ATTACHING:
            start = end + 1 + self.token(end + 1).is_in("determiners")
            stop = self.run_end(start)
            known = [k for k in range(start, stop) if self.tokens[k].noun or self.tokens[k].capital]
            stop = known[-1] + 1 if known else min(stop, start + 2)
            if stop <= start:
                break
            end = stop
        return end

    def name_after(self, head: int) -> int | None:
        """Where a name begins that follows a noun; in Russian the noun's genitives may stand between (мэр города Анна Белл)."""
        reach = 3 if self.words.language == "ru" else 1
        for at in range(head + 1, head + 1 + reach):
            if self.capitals_end(at) > at:
                return at
            if self.stops(at):
                break
        return None

    def several(self, head: int) -> bool:
        """Whether the noun at `head` is a plural; those of German and Russian do not show in a common ending."""
        noun = self.tokens[head].plain
        plural = noun.endswith(("s", "men")) or noun in ("people", "police")
        return plural and self.words.language not in ("de", "ru")

    def name(self, first: int, at: int, end: int) -> Mention:
        """The name whose capitalised words are `at` to `end`, titles and roles taken off; `first` takes in a determiner."""
        tokens = self.tokens
        start = at
        for k in range(at, end - 1):
            title = tokens[k].is_in("titles") or tokens[k].noun == "roles"
            if title and not (k > at and tokens[k + 1].text in APOSTROPHES):
                start = k + 2 if tokens[k + 1].text == "." and k + 2 < end else k + 1
        if tokens[start].plain == "of":
            return self._office(first, at, start, end)
        by_trade = tokens[at].plain.endswith(_TRADES) and not tokens[at].is_in("given_names_like_roles")
        if start == at == 0 and end >= 3 and by_trade:
            start = 1
        titled = start > at
        office = not all(token.is_in("honorifics", "styles") or token.text == "." for token in tokens[at:start])
        role = self.text(at, start) if office else ""
        if titled and (tokens[start - 1].is_in("styles") or tokens[end - 1].noun == "roles"):
            start -= 1  # 'Sir Edmund' keeps his style, and 'Mr Speaker' has no other name
        kind = Kind.PERSON if titled else self._kind(start, end)
        stop = self.capitals_end(at)
        # The body named at the head of a role: 'NASA' in 'NASA administrator'.
        heads = at < stop < start and tokens[stop - 1].noun != "roles"
        heads = heads and (_is_acronym(tokens[stop - 1]) or (stop - at > 1 and tokens[stop - 1].noun == "bodies"))
        owner = self.text(at, stop) if heads else ""
        return Mention(kind, first, end, self.text(start, end), named=True, role=role, owner=owner, definite=True)

    def _office(self, first: int, at: int, of: int, end: int) -> Mention:
        """'Minister of State Aoife Brannigan' is a name; 'Secretary of State for Ports' an office."""
        capitals = all(token.capital for token in self.tokens[of + 1 : end])
        if self.tokens[of + 1].plain == "state" and end - of > 2 and capitals:
            name, role = self.text(of + 2, end), self.text(at, of + 2)
            return Mention(Kind.PERSON, first, end, name, named=True, role=role, definite=True)
        last = self.attached_end(end)
        return Mention(Kind.DESCRIBED, first, last, self.text(first, last), role=self.text(at, end), definite=True)

    def _kind(self, start: int, end: int) -> Kind:
        tokens = self.tokens[start:end]
        if len(tokens) == 1:
            return Kind.BODY if _is_acronym(tokens[0]) else Kind.NAME
        if any(token.noun == "bodies" and token.capital for token in tokens):
            return Kind.BODY
        if tokens[-1].is_in("places"):
            return Kind.PLACE
        if _is_acronym(tokens[-1]):
            return Kind.BODY
        return Kind.PERSON if len(tokens) <= _LONGEST_PERSON else Kind.NAME


def _is_acronym(token: Token) -> bool:
    return len(token.text) > 1 and token.text.isupper()
