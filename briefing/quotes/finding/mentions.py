"""Who and what a sentence speaks of: people, bodies, documents, descriptions ('a spokeswoman for the port') and pronouns."""

from __future__ import annotations

from dataclasses import replace

from briefing.quotes.finding.narration import Sentence
from briefing.quotes.finding.noun_phrases import POSSESSIVE, Kind, Mention, NounPhrases
from briefing.quotes.finding.words import Words

_INDEFINITE = {"a", "an", "one", "another", "ein", "eine", "un", "une", "some", "several"}
_NOT_SPOKEN_FOR = {"in", "on", "with", "behind"}


def mentions_in(sentence: Sentence, words: Words) -> tuple[Mention, ...]:
    """The mentions of a sentence, in order; none overlap, and a name with its description beside it is one."""
    finder = _Finder(sentence, words)
    found: list[Mention] = []
    at = 0
    while at < len(sentence.tokens):
        mention = finder.at(at)
        at = mention.last if mention is not None else at + 1
        if mention is not None:
            found.append(mention)
        while len(found) > 1 and mention is not None and (pair := finder.apposed(*found[-2:])) is not None:
            found[-2:] = [pair]
    return tuple(found)


class _Finder:
    def __init__(self, sentence: Sentence, words: Words) -> None:
        self._phrases = NounPhrases(sentence, words)
        self._tokens = sentence.tokens
        self._words = words

    def at(self, at: int) -> Mention | None:
        """The mention that begins at token `at`."""
        token = self._tokens[at]
        if not token.is_word:
            return None
        lists = self._words.lists_of(token.text)
        if "clauses" in lists and at + 1 < len(self._tokens) and self._tokens[at + 1].capital:
            return None  # 'heard that Bell': a clause begins, nobody is pointed at
        found = (self._some_of(at) or self._determined(at, at + 1)) if "determiners" in lists else None
        found = found or self._pronoun(at)
        if found is not None or "determiners" in lists or (at == 0 and "speaking" in lists and not token.noun):
            return found
        if token.capital and "no_names" not in lists:
            return self._named(at, at)
        if "qualifiers" in lists:
            return self._determined(at, at + 1)
        if token.noun == "roles":
            return self._determined(at, at)
        several = token.plain.endswith("s") or token.plain == "police"
        body = Mention(Kind.BODY, at, at + 1, token.text, plural=True)
        return self._modified(at) or (body if several and token.noun == "bodies" else None)

    def apposed(self, first: Mention, second: Mention) -> Mention | None:
        """A name and a description side by side made one: 'Lena Moen, the union's secretary,' and 'its director, Rhys Calder,'."""
        tokens = self._tokens
        if second.first != first.last + 1:
            return None
        if second.named:
            second = replace(second, last=self._phrases.attached_end(second.last))
        between = tokens[first.last]
        after = tokens[second.last] if second.last < len(tokens) else None
        if between.text != "," or (after is not None and (after.is_word or after.text in POSSESSIVE)):
            return None
        end = second.last + 1 if after is not None and after.text == "," else second.last
        people = (Kind.PERSON, Kind.NAME)
        if first.kind is Kind.DESCRIBED and not first.plural and second.named and second.kind in people:
            return replace(second, kind=Kind.PERSON, first=first.first, last=end, role=first.role, owner=first.owner)
        if first.kind is Kind.BODY and not first.named and second.named and second.kind is not Kind.PLACE:
            return replace(second, kind=Kind.BODY, first=first.first, last=end)
        bare = tokens[first.first].text == first.text.split(" ")[0] or first.kind is Kind.PERSON
        described = second.kind is Kind.DESCRIBED and not second.plural
        if first.named and bare and first.kind in people and described:
            return replace(first, kind=Kind.PERSON, last=end, role=second.role, owner=second.owner)
        if first.named and second.kind is Kind.BODY and not second.named:
            return replace(first, kind=Kind.BODY, last=end)
        return None

    def _modified(self, at: int) -> Mention | None:
        """A name after a role that plain words open: 'health economist Renata Cole' after a comma or a verb of speaking."""
        before = self._tokens[at - 1] if at else None
        if before is not None and before.text != "," and not before.is_in("speaking"):
            return None
        for head in range(at + 1, min(at + 3, len(self._tokens))):
            if self._phrases.stops(head - 1):
                break
            if self._tokens[head].noun == "roles" and self._phrases.name_after(head) is not None:
                return self._introduced(at, at, head)
        return None

    def _some_of(self, at: int) -> Mention | None:
        """'One of her predecessors', 'two of the divers'."""
        if at + 2 >= len(self._tokens) or self._tokens[at + 1].plain != "of":
            return None
        determined = self._tokens[at + 2].is_in("determiners")
        whole = self._determined(at + 2, at + 3) if determined else self.at(at + 2)
        end = whole.last if whole is not None else self._phrases.plural_end(at + 3) if determined else at
        if end <= at + 2:
            return None
        several = self._tokens[at].plain not in ("one", "each", "another")
        return Mention(Kind.DESCRIBED, at, end, self._phrases.text(at, end), plural=several)

    def _pronoun(self, at: int) -> Mention | None:
        word = self._tokens[at].text
        # French hangs it on the verb: 'a-t-il assuré'.
        form = word.rsplit("-", 1)[-1] if self._words.language == "fr" else word
        pronoun = self._words.lists_of(form) & {"pronouns", "writer"}
        return Mention(Kind.PRONOUN, at, at + 1, word) if pronoun else None

    def _determined(self, first: int, start: int) -> Mention | None:
        """The noun phrase whose words begin at `start`; `first` is its determiner, or `start` for a noun that stands bare."""
        end = self._phrases.run_end(start)
        heads = [k for k in range(start, end) if self._tokens[k].noun]
        if not heads:
            return self._named(first, start) if first < start < end and self._tokens[start].capital else None
        head = heads[-1]
        if self._tokens[head].capital and self._tokens[head].noun == "bodies" and self._tokens[start].capital:
            alone = start == head and self._phrases.capitals_end(start) == start + 1 and first < start
            return self._described(first, start, head) if alone else self._named(first, start)
        return self._introduced(first, start, head)

    def _introduced(self, first: int, start: int, head: int) -> Mention:
        """A name right after the noun that says what it is ('the historian Gareth Pugh', 'the company Aquis'), else the description."""
        at = self._phrases.name_after(head)
        named = self._named(at, at) if at is not None else None
        if named is None:
            return self._described(first, start, head)
        if self._tokens[head].noun == "bodies":
            return replace(named, first=first, kind=Kind.BODY)
        if self._tokens[head].noun == "roles" and self._phrases.several(head):
            return replace(named, first=first)
        kind = Kind.PERSON if named.kind is Kind.NAME else named.kind
        role = self._phrases.text(start, head + 1)
        return replace(named, first=first, kind=kind, role=role, owner=self._owner(start, head))

    def _described(self, first: int, start: int, head: int) -> Mention:
        phrases = self._phrases
        kind = {"roles": Kind.DESCRIBED, "bodies": Kind.BODY, "documents": Kind.DOCUMENT}[self._tokens[head].noun]
        end = phrases.attached_end(head + 1)
        if kind is Kind.DOCUMENT and end == head + 1 and end < len(self._tokens) and self._tokens[end].plain == "by":
            name_end = phrases.capitals_end(end + 1)
            end = name_end if name_end > end + 1 else end
        return Mention(
            kind,
            first,
            end,
            phrases.text(first, end),
            owner=self._owner(start, head) or self._complement(head + 1, end),
            definite=first < start and self._tokens[first].plain not in _INDEFINITE,
            plural=phrases.several(head),
            role=phrases.text(start, end) if kind is Kind.DESCRIBED else "",
        )

    def _owner(self, start: int, head: int) -> str:
        for k in range(start, head):
            if self._tokens[k].text in POSSESSIVE:
                owner = any(self._tokens[j].capital or self._tokens[j].noun == "bodies" for j in range(start, k))
                return self._phrases.text(start, k) if owner else ""
        capitals = self._phrases.capitals_end(start)
        body = start < capitals <= head and self._tokens[capitals - 1].noun == "bodies"
        return self._phrases.text(start, capitals) if body else ""

    def _complement(self, at: int, end: int) -> str:
        """The body that follows 'of', 'for', 'at' in a description: 'the council' in 'spokesman for the council'."""
        unspoken = end <= at + 1 or self._tokens[at].plain in _NOT_SPOKEN_FOR
        if unspoken or self._tokens[at - 1].is_in("offices"):
            return ""
        for start in range(at + 1, end):
            stop = self._phrases.capitals_end(start)
            if stop > start and self._tokens[stop - 1].text != "State":
                return self._phrases.text(start, min(stop, end))
        bodies = [k for k in range(at + 1, end) if self._tokens[k].noun == "bodies"]
        return self._phrases.text(at + 1, bodies[-1] + 1) if bodies else ""

    def _named(self, first: int, at: int) -> Mention | None:
        """The name whose capitalised words begin at `at`, or what stands behind it: 'NASA's administrator', 'a NASA official'."""
        phrases, tokens = self._phrases, self._tokens
        end = phrases.capitals_end(at)
        if end == at:
            return None
        while end < len(tokens) and self._tokens[end].noun == "roles" and not tokens[end].capital:
            further = phrases.capitals_end(end + 1)
            if further == end + 1:
                return self._introduced(first, at, end)
            end = further
        if end < len(tokens) and tokens[end].text in POSSESSIVE:
            owned = [k for k in range(end + 1, phrases.run_end(end + 1)) if self._tokens[k].noun]
            if owned:
                return self._introduced(first, at, owned[-1])
        while end - 1 > at and tokens[end - 1].is_in("no_names"):
            end -= 1
        if end == at + 1 and tokens[at].is_in("adjectives"):
            return None
        return phrases.name(first, at, end)
