"""Who and what a sentence names: people, bodies, documents, descriptions ('a spokeswoman for the port') and pronouns.

There is no grammar here beyond runs of words: a name is a run of capitalised words, a description a run that ends in a noun for a person,
a body or a document. `words.toml` holds the nouns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from briefing.evidence.extraction.sentences import Sentence, Token
from briefing.evidence.extraction.words import Words

_LONGEST = 8
_OCCUPATIONS = ("er", "or", "ist", "ian", "man", "woman")
_ATTACHED = frozenset({"of", "for", "at", "from", "in", "with", "behind", "on", "von", "des", "der", "de", "du", "für", "vom"})
_INNER = frozenset({"of", "for", "and", "&", "de", "du", "des", "für", "the"})
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "herr", "frau", "m", "mme", "mlle", "monsieur", "madame", "г-н", "г-жа"})
_STYLES = frozenset({"sir", "dame", "lord", "lady", "baroness", "baron"})
PRONOUNS = ("he", "she", "it", "they", "writer")


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
    pronoun: str = ""
    """For a pronoun the list it is in: he, she, it, they or writer."""
    gender: str = ""
    """'he' or 'she' where a title or a noun shows it."""
    initial: bool = False
    """It is one word at the head of its sentence, so its capital shows nothing."""


def mentions_in(sentence: Sentence, words: Words) -> tuple[Mention, ...]:
    """The mentions of a sentence, in order; none overlap, and a name with its description beside it is one."""
    finder = _Finder(sentence, words)
    found: list[Mention] = []
    at = 0
    while at < len(sentence.tokens):
        mention = finder.at(at)
        if mention is not None:
            found.append(mention)
            at = mention.last
        else:
            at += 1
    return _with_appositions(sentence, found, finder.attached_end)


class _Finder:
    def __init__(self, sentence: Sentence, words: Words) -> None:
        self._sentence = sentence
        self._tokens = sentence.tokens
        self._words = words

    def at(self, at: int) -> Mention | None:
        """The mention that begins at token `at`."""
        token = self._tokens[at]
        if not token.is_word:
            return None
        pronoun = self._pronoun(at)
        if self._words.has("clauses", token.text) and at + 1 < len(self._tokens) and self._tokens[at + 1].capital:
            return None  # 'heard that Bell': a clause begins, nobody is pointed at
        if self._words.has("determiners", token.text):
            return self._some_of(at) or self._determined(at, at + 1) or pronoun
        if pronoun is not None:
            return pronoun
        if at == 0 and self._words.has("speaking", token.text) and not self._noun(at):
            return None
        if token.capital and (not self._words.has("no_names", token.text) or self._leads_to_role(at)):
            return self._named(at, at)
        if self._words.has("qualifiers", token.text):
            return self._determined(at, at + 1)
        if self._words.is_role(token.text):
            return self._determined(at, at)
        modified = self._modified(at)
        if modified is not None:
            return modified
        if self._words.is_body(token.text) and (token.plain.endswith("s") or token.plain == "police"):
            return Mention(Kind.BODY, at, at + 1, token.text, plural=True)
        return None

    def _modified(self, at: int) -> Mention | None:
        """A name after a role that plain words open: 'health economist Renata Cole' after a comma or a verb of speaking."""
        before = self._tokens[at - 1] if at else None
        if before is not None and before.text != "," and not self._words.has("speaking", before.text):
            return None
        for head in range(at + 1, min(at + 3, len(self._tokens))):
            if self._stops(head - 1):
                return None
            if self._noun(head) == "role" and self._name_after(head) is not None:
                return self._introduced(at, at, head)
        return None

    def _some_of(self, at: int) -> Mention | None:
        """'One of her predecessors', 'two of the divers'."""
        if at + 2 >= len(self._tokens) or self._tokens[at + 1].plain != "of":
            return None
        determined = self._words.has("determiners", self._tokens[at + 2].text)
        whole = self._determined(at + 2, at + 3) if determined else self.at(at + 2)
        end = whole.last if whole is not None else self._plural_end(at + 3) if determined else at
        if end <= at + 2:
            return None
        several = self._tokens[at].plain not in ("one", "each", "another")
        return Mention(Kind.DESCRIBED, at, end, self._sentence.text(at, end), plural=several)

    def _plural_end(self, at: int) -> int:
        """Where the run that begins at `at` ends, cut after its first plural: 'her predecessors' and no verb."""
        end = self._run_end(at)
        return next((k + 1 for k in range(at, end) if self._tokens[k].plain.endswith("s")), end)

    def _leads_to_role(self, at: int) -> bool:
        """Whether a capitalised common word ('Local', 'Former') heads a run that ends in a noun for people or a body."""
        end = self._run_end(at)
        return at + 1 < end and any(self._noun(k) for k in range(at + 1, end)) and self._tokens[at].plain in ("local", "former")

    def _pronoun(self, at: int) -> Mention | None:
        word = self._tokens[at].text
        if self._words.language == "fr" and "-" in word:
            word = word.rsplit("-", 1)[1]  # French hangs its pronoun on the verb: 'a-t-il assuré'
        for name in PRONOUNS:
            if self._words.has(name, word):
                return Mention(Kind.PRONOUN, at, at + 1, self._tokens[at].text, pronoun=name, plural=name == "they", definite=True)
        return None

    def _noun(self, at: int) -> str:
        token = self._tokens[at]
        if not token.is_word:
            return ""
        if self._words.is_role(token.text):
            return "role"
        if self._words.is_body(token.text):
            return "body"
        return "document" if self._words.has("documents", token.text) else ""

    def _stops(self, at: int) -> bool:
        """Whether a run of words that may be one noun phrase ends before token `at`."""
        token = self._tokens[at]
        if not token.is_word:
            return True
        if self._words.any_of(("prepositions", "relative", "joining", "determiners", "being", "skipped", *PRONOUNS), token.text):
            return True
        return self._words.has("speaking", token.text) and not self._noun(at) and not token.capital

    def _run_end(self, at: int) -> int:
        end = at
        while end < len(self._tokens) and end - at < _LONGEST:
            joint = self._tokens[end].text in ("'s", "’s", "'", "’") and end > at and end + 1 < len(self._tokens) and self._tokens[end + 1].is_word
            if not joint and (self._stops(end) or self._acts(at, end)):
                break
            end += 1
        return end

    def _acts(self, start: int, at: int) -> bool:
        """Whether a word not in the lists is likely a verb: one in -ed after a noun that the lists hold ('the league invited members')."""
        token = self._tokens[at]
        past = self._words.language == "en" and token.plain.endswith("ed") and not token.capital
        return past and any(self._noun(k) for k in range(start, at))

    def _determined(self, first: int, start: int) -> Mention | None:
        """The noun phrase whose words begin at `start`; `first` is its determiner, or `start` for a noun that stands bare."""
        end = self._run_end(start)
        heads = [k for k in range(start, end) if self._noun(k)]
        if not heads:
            return self._named(first, start) if first < start < end and self._tokens[start].capital else None
        head = heads[-1]
        if self._tokens[head].capital and self._noun(head) == "body" and self._tokens[start].capital:
            alone = start == head and self._capitals_end(start) == start + 1 and first < start
            return self._described(first, start, head) if alone else self._named(first, start)
        if self._name_after(head) is not None:
            return self._introduced(first, start, head)
        return self._described(first, start, head)

    def _name_after(self, head: int) -> int | None:
        """Where a name begins that follows a noun at once; in Russian the noun's genitives may stand between (мэр города Анна Белл)."""
        reach = 3 if self._words.language == "ru" else 1
        for at in range(head + 1, min(head + 1 + reach, len(self._tokens))):
            if self._capitals_end(at) > at:
                return at
            if self._stops(at):
                return None
        return None

    def _introduced(self, first: int, start: int, head: int) -> Mention:
        """A name right after the noun that says what it is: 'the historian Gareth Pugh', 'the company Aquis'."""
        at = self._name_after(head)
        named = self._named(at, at) if at is not None else None
        if named is None:
            return self._described(first, start, head)
        role = self._sentence.text(start, head + 1)
        if self._noun(head) == "role" and self._several(head):
            return replace(named, first=first, initial=False)
        if self._noun(head) == "body":
            return replace(named, first=first, kind=Kind.BODY, initial=False)
        kind = Kind.PERSON if named.kind in (Kind.PERSON, Kind.NAME) else named.kind
        gender = named.gender or self._gender(start, head + 1)
        return replace(named, first=first, kind=kind, role=role, owner=self._owner(start, head), gender=gender, initial=False)

    def _described(self, first: int, start: int, head: int) -> Mention:
        kind = {"role": Kind.DESCRIBED, "body": Kind.BODY, "document": Kind.DOCUMENT}[self._noun(head)]
        end = self.attached_end(head + 1)
        determiner = self._tokens[first] if first < start else None
        indefinite = determiner is None or determiner.plain in ("a", "an", "one", "another", "ein", "eine", "un", "une", "some", "several")
        owner = self._owner(start, head) or self._complement(head + 1, end)
        return Mention(
            kind,
            first,
            end,
            self._sentence.text(first, end),
            owner=owner,
            definite=not indefinite,
            plural=self._several(head),
            gender=self._gender(start, head + 1),
            role=self._sentence.text(start, end) if kind is Kind.DESCRIBED else "",
        )

    def _several(self, head: int) -> bool:
        noun = self._tokens[head].plain
        if self._words.language in ("de", "ru"):
            return False  # their plurals do not show in a common ending
        return noun.endswith(("s", "men")) or noun in ("people", "police")

    def _owner(self, start: int, head: int) -> str:
        for k in range(start, head):
            if self._tokens[k].text in ("'s", "’s"):
                owner = any(self._tokens[j].capital or self._noun(j) == "body" for j in range(start, k))
                return self._sentence.text(start, k) if owner else ""
        capitals = self._capitals_end(start)
        return self._sentence.text(start, capitals) if start < capitals <= head and self._noun(capitals - 1) == "body" else ""

    def _complement(self, at: int, end: int) -> str:
        """The body that follows 'of', 'for', 'at' in a description: 'the council' in 'spokesman for the council'."""
        if end <= at + 1 or self._tokens[at].plain in ("in", "on", "with", "behind") or self._words.has("offices", self._tokens[at - 1].text):
            return ""
        for start in range(at + 1, end):
            stop = self._capitals_end(start)
            if stop > start and self._tokens[stop - 1].text != "State":
                return self._sentence.text(start, min(stop, end))
        bodies = [k for k in range(at + 1, end) if self._noun(k) == "body"]
        return self._sentence.text(at + 1, bodies[-1] + 1) if bodies else ""

    def attached_end(self, at: int) -> int:
        """Where the prepositional phrases after a noun end: 'for the port authority in Hull'."""
        end = at
        while end + 1 < len(self._tokens) and self._tokens[end].plain in _ATTACHED:
            start = end + 1
            if self._words.has("determiners", self._tokens[start].text):
                start += 1
            stop = self._run_end(start)
            known = [k for k in range(start, stop) if self._noun(k) or self._tokens[k].capital]
            stop = known[-1] + 1 if known else min(stop, start + 2)
            if stop <= start:
                return end
            end = stop
        return end

    def _capitals_end(self, at: int) -> int:
        """Where a run of capitalised words that may be a name ends: 'University of Lake Province', 'J. R. Bell', 'Anna van der Meer'."""
        end = at
        tokens = self._tokens
        while end < len(tokens):
            token = tokens[end]
            if token.capital and not (end == at and self._words.has("no_names", token.text)):
                end += 1
                if self._keeps_stop(end):
                    end += 1
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
        """Whether the full stop at token `at` belongs to the name: after an initial, and after 'Corp.'."""
        if at >= len(self._tokens) or self._tokens[at].text != "." or self._tokens[at].start != self._tokens[at - 1].end:
            return False
        initial = len(self._tokens[at - 1].text) == 1 and at + 1 < len(self._tokens) and self._tokens[at + 1].capital
        title = self._words.has("titles", self._tokens[at - 1].text) and at + 1 < len(self._tokens) and self._tokens[at + 1].capital
        ends_sentence = at + 1 == len(self._tokens)
        return initial or title or (self._words.has("suffixes", self._tokens[at - 1].text) and not ends_sentence)

    def _links(self, start: int, at: int) -> bool:
        """Whether a small word can stand inside a name: 'van', and 'of' after a noun that takes it ('Ministry of')."""
        token = self._tokens[at]
        if self._words.has("particles", token.text) or token.text in ("'", "’", "&"):
            return True
        if token.plain == "of":
            return bool(self._noun(at - 1))
        return token.plain in _INNER and any(self._noun(k) == "body" for k in range(start, at))

    def _named(self, first: int, at: int) -> Mention | None:
        """The name whose capitalised words begin at `at`; `first` takes in a determiner before it."""
        end = self._capitals_end(at)
        if end == at:
            return None
        tokens = self._tokens
        while end < len(tokens) and self._noun(end) == "role" and not tokens[end].capital:
            further = self._capitals_end(end + 1)
            if further == end + 1:
                return self._owned(first, at, end)
            end = further
        if end < len(tokens) and tokens[end].text in ("'s", "’s"):
            owned = self._owned_noun(end + 1)
            if owned is not None:
                return self._owned(first, at, owned)
        while end - 1 > at and self._words.has("no_names", tokens[end - 1].text):
            end -= 1
        if end == at + 1 and self._words.has("adjectives", tokens[at].text):
            return None
        return self._parted(first, at, end)

    def _owned_noun(self, at: int) -> int | None:
        """The last noun for a person, body or document in the run that follows a possessive."""
        heads = [k for k in range(at, self._run_end(at)) if self._noun(k)]
        return heads[-1] if heads else None

    def _owned(self, first: int, at: int, head: int) -> Mention:
        """'NASA's administrator', 'a Commerce Department official': described by what it belongs to, or a name after that."""
        if self._name_after(head) is not None:
            return self._introduced(first, at, head)
        return self._described(first, at, head)

    def _parted(self, first: int, at: int, end: int) -> Mention:
        """Titles and roles taken off a run of capitalised words."""
        tokens = self._tokens
        start = at
        for k in range(at, end - 1):
            title = self._words.any_of(("titles",), tokens[k].text) or self._noun(k) == "role"
            if title and not (k > at and tokens[k + 1].text in ("'", "’")):
                start = k + 1
                if tokens[start].text == "." and start + 1 < end:
                    start += 1
        if tokens[start].plain == "of":
            return self._office(first, at, start, end)
        if start == at and end - at >= 3 and at == 0 and self._by_trade(tokens[at]):
            start = at + 1
        gender = self._gender(at, start)
        titled = start > at
        role = self._sentence.text(at, start) if any(t.plain not in _HONORIFICS | _STYLES | {"."} for t in tokens[at:start]) else ""
        if start > at and (tokens[start - 1].plain in _STYLES or self._noun(end - 1) == "role"):
            start -= 1  # 'Sir Edmund' keeps his style, and 'Mr Speaker' has no other name
        text = self._sentence.text(start, end)
        kind = self._kind(start, end, titled=titled)
        owner = self._body_before(at, start)
        return Mention(kind, first, end, text, named=True, role=role, owner=owner, gender=gender, definite=True, initial=at == 0 and end - start == 1 and kind is Kind.NAME)

    def _body_before(self, at: int, end: int) -> str:
        """The body named at the head of a role: 'NASA' in 'NASA administrator'."""
        stop = self._capitals_end(at)
        if not at < stop < end or self._noun(stop - 1) == "role":
            return ""
        acronym = self._tokens[stop - 1].text.isupper() and len(self._tokens[stop - 1].text) > 1
        return self._sentence.text(at, stop) if acronym or (stop - at > 1 and self._noun(stop - 1) == "body") else ""

    def _office(self, first: int, at: int, of: int, end: int) -> Mention:
        """'Minister of State Aoife Brannigan' is a name; 'Secretary of State for Ports' an office."""
        if self._tokens[of + 1].plain == "state" and end - of > 2 and all(token.capital for token in self._tokens[of + 1 : end]):
            named = self._parted(first, of + 2, end)
            return replace(named, first=first, kind=Kind.PERSON, role=self._sentence.text(at, of + 2), initial=False)
        office = self._sentence.text(at, end)
        last = self.attached_end(end)
        return Mention(Kind.DESCRIBED, first, last, self._sentence.text(first, last), role=office, definite=True)

    def _by_trade(self, token: Token) -> bool:
        return token.plain.endswith(_OCCUPATIONS) and not self._words.has("given_names_like_roles", token.text)

    def _kind(self, start: int, end: int, *, titled: bool) -> Kind:
        tokens = self._tokens[start:end]
        if titled:
            return Kind.PERSON
        if any(self._noun(k) == "body" and self._tokens[k].capital for k in range(start, end)) and len(tokens) > 1:
            return Kind.BODY
        if self._words.has("places", tokens[-1].text) and len(tokens) > 1:
            return Kind.PLACE
        if len(tokens) == 1:
            letters = tokens[0].text
            return Kind.BODY if len(letters) > 1 and letters.isupper() else Kind.NAME
        if any(token.text.isupper() and len(token.text) > 1 for token in tokens[-1:]):
            return Kind.BODY
        return Kind.PERSON if len(tokens) <= 5 else Kind.NAME

    def _gender(self, start: int, end: int) -> str:
        for token in self._tokens[start:end]:
            if self._words.any_of(("titles_male", "roles_male"), token.text):
                return "he"
            if self._words.any_of(("titles_female", "roles_female"), token.text):
                return "she"
        return ""


def _with_appositions(
    sentence: Sentence, mentions: Sequence[Mention], attached: Callable[[int], int]
) -> tuple[Mention, ...]:
    """A name and the description beside it made one: 'Lena Moen, the union's secretary,' and 'its director, Rhys Calder,'."""
    joined: list[Mention] = []
    for mention in mentions:
        joined.append(mention)
        while len(joined) > 1 and (pair := _apposed(sentence, joined[-2], joined[-1], attached)) is not None:
            joined[-2:] = [pair]
    return tuple(joined)


def _apposed(sentence: Sentence, first: Mention, second: Mention, attached: Callable[[int], int]) -> Mention | None:
    tokens = sentence.tokens
    if second.first != first.last + 1:
        return None
    second = replace(second, last=attached(second.last)) if second.named else second
    if tokens[first.last].plain in ("named", "called") and first.kind is Kind.DESCRIBED and second.named:
        return replace(second, kind=Kind.PERSON, first=first.first, gender=first.gender or second.gender, initial=False)
    if tokens[first.last].text != ",":
        return None
    after = tokens[second.last] if second.last < len(tokens) else None
    if after is not None and (after.is_word or after.text in ("'s", "’s")):
        return None
    end = second.last + 1 if after is not None and after.text == "," else second.last
    named = (Kind.PERSON, Kind.NAME)
    if first.kind is Kind.DESCRIBED and not first.plural and second.named and second.kind in named:
        return replace(second, kind=Kind.PERSON, first=first.first, last=end, role=first.role, owner=first.owner, gender=first.gender or second.gender)
    if first.kind is Kind.BODY and not first.named and second.named and second.kind is not Kind.PLACE:
        return replace(second, kind=Kind.BODY, first=first.first, last=end)
    bare = tokens[first.first].text == first.text.split(" ")[0] or first.kind is Kind.PERSON
    if first.named and bare and first.kind in named and second.kind is Kind.DESCRIBED and not second.plural:
        return replace(first, kind=Kind.PERSON, last=end, role=second.role, owner=second.owner, gender=first.gender or second.gender, initial=False)
    if first.named and second.kind is Kind.BODY and not second.named:
        return replace(first, kind=Kind.BODY, last=end, initial=False)
    return None
