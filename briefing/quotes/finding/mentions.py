"""Who and what a sentence speaks of: people, bodies, documents, descriptions ('a spokeswoman for the port') and pronouns."""

from __future__ import annotations

from msgspec.structs import replace

from briefing.quotes.finding.narration import Sentence
from briefing.quotes.finding.noun_phrases import POSSESSIVE, Kind, Mention, NounPhrases
from briefing.quotes.finding.words import Words

_INDEFINITE = {"a", "an", "one", "another", "ein", "eine", "un", "une", "some", "several"}
_NOT_SPOKEN_FOR = {"in", "on", "with", "behind"}
_KINDS = {"roles": Kind.DESCRIBED, "bodies": Kind.BODY, "documents": Kind.DOCUMENT}


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


class _Finder(NounPhrases):
    def at(self, at: int) -> Mention | None:
        """The mention that begins at token `at`."""
        token = self.tokens[at]
        if not token.is_word or (token.is_in("clauses") and self.token(at + 1).capital):
            return None  # 'heard that Bell': a clause begins, nobody is pointed at
        determiner = token.is_in("determiners")
        found = (self._some_of(at) or self._determined(at, at + 1)) if determiner else None
        found = found or self._pronoun(at)
        if found is not None or determiner or (at == 0 and token.is_in("speaking") and not token.noun):
            return found
        if token.capital and not token.is_in("no_names"):
            return self._named(at, at)
        if token.is_in("qualifiers") or token.noun == "roles":
            return self._determined(at, at + token.is_in("qualifiers"))
        several = token.noun == "bodies" and (token.plain.endswith("s") or token.plain == "police")
        return self._modified(at) or (Mention(Kind.BODY, at, at + 1, token.text, plural=True) if several else None)

    def apposed(self, first: Mention, second: Mention) -> Mention | None:
        """A name and a description side by side made one: 'Lena Moen, the union's secretary,' and 'its director, Rhys Calder,'."""
        if second.first != first.last + 1 or self.token(first.last).text != ",":
            return None
        if second.named:
            second = replace(second, last=self.attached_end(second.last))
        after = self.token(second.last)
        if after.is_word or after.text in POSSESSIVE:
            return None
        end = second.last + (after.text == ",")
        people = (Kind.PERSON, Kind.NAME)
        if first.kind is Kind.DESCRIBED and not first.plural and second.named and second.kind in people:
            return replace(second, kind=Kind.PERSON, first=first.first, last=end, role=first.role, owner=first.owner)
        if first.kind is Kind.BODY and not first.named and second.named and second.kind is not Kind.PLACE:
            return replace(second, kind=Kind.BODY, first=first.first, last=end)
        bare = self.token(first.first).text == first.text.split(" ")[0] or first.kind is Kind.PERSON
        described = second.kind is Kind.DESCRIBED and not second.plural
        if first.named and bare and first.kind in people and described:
            return replace(first, kind=Kind.PERSON, last=end, role=second.role, owner=second.owner)
        body = first.named and second.kind is Kind.BODY and not second.named
        return replace(first, kind=Kind.BODY, last=end) if body else None

    def _modified(self, at: int) -> Mention | None:
        """A name after a role that plain words open: 'health economist Renata Cole' after a comma or a verb of speaking."""
        before = self.token(at - 1)
        if at and before.text != "," and not before.is_in("speaking"):
            return None
        for head in (at + 1, at + 2):
            if self.stops(head - 1):
                break
            if self.token(head).noun == "roles" and self.name_after(head) is not None:
                return self._introduced(at, at, head)
        return None

    def _some_of(self, at: int) -> Mention | None:
        """'One of her predecessors', 'two of the divers'."""
        if self.token(at + 1).plain != "of":
            return None
        determined = self.token(at + 2).is_in("determiners")
        whole = self._determined(at + 2, at + 3) if determined else self.at(at + 2) if self.token(at + 2).text else None
        end = whole.last if whole is not None else self.plural_end(at + 3) if determined else at
        several = self.tokens[at].plain not in ("one", "each", "another")
        return Mention(Kind.DESCRIBED, at, end, self.text(at, end), plural=several) if end > at + 2 else None

    def _pronoun(self, at: int) -> Mention | None:
        word = self.tokens[at].text
        # French hangs it on the verb: 'a-t-il assuré'.
        form = word.rsplit("-", 1)[-1] if self.words.language == "fr" else word
        pronoun = self.words.lists_of(form) & {"pronouns", "writer"}
        return Mention(Kind.PRONOUN, at, at + 1, word) if pronoun else None

    def _determined(self, first: int, start: int) -> Mention | None:
        """The noun phrase whose words begin at `start`; `first` is its determiner, or `start` for a noun that stands bare."""
        end = self.run_end(start)
        head = next((k for k in range(end - 1, start - 1, -1) if self.tokens[k].noun), None)
        capital = self.token(start).capital
        if head is None:
            return self._named(first, start) if first < start < end and capital else None
        if self.tokens[head].capital and self.tokens[head].noun == "bodies" and capital:
            alone = start == head and self.capitals_end(start) == start + 1 and first < start
            return self._described(first, start, head) if alone else self._named(first, start)
        return self._introduced(first, start, head)

    def _introduced(self, first: int, start: int, head: int) -> Mention:
        """A name right after the noun that says what it is ('the historian Gareth Pugh', 'the company Aquis'), else the description."""
        at = self.name_after(head)
        named = self._named(at, at) if at is not None else None
        if named is None:
            return self._described(first, start, head)
        if self.tokens[head].noun == "bodies":
            return replace(named, first=first, kind=Kind.BODY)
        if self.tokens[head].noun == "roles" and self.several(head):
            return replace(named, first=first)
        kind = Kind.PERSON if named.kind is Kind.NAME else named.kind
        return replace(named, first=first, kind=kind, role=self.text(start, head + 1), owner=self._owner(start, head))

    def _described(self, first: int, start: int, head: int) -> Mention:
        kind = _KINDS[self.tokens[head].noun]
        end = self.attached_end(head + 1)
        if kind is Kind.DOCUMENT and end == head + 1 and self.token(end).plain == "by":
            name_end = self.capitals_end(end + 1)
            end = name_end if name_end > end + 1 else end
        return Mention(
            kind,
            first,
            end,
            self.text(first, end),
            owner=self._owner(start, head) or self._complement(head + 1, end),
            definite=first < start and self.tokens[first].plain not in _INDEFINITE,
            plural=self.several(head),
            role=self.text(start, end) if kind is Kind.DESCRIBED else "",
        )

    def _owner(self, start: int, head: int) -> str:
        stop = next((k for k in range(start, head) if self.tokens[k].text in POSSESSIVE), None)
        if stop is None:
            stop = self.capitals_end(start)
            owns = start < stop <= head and self.tokens[stop - 1].noun == "bodies"
        else:
            owns = any(token.capital or token.noun == "bodies" for token in self.tokens[start:stop])
        return self.text(start, stop) if owns else ""

    def _complement(self, at: int, end: int) -> str:
        """The body that follows 'of', 'for', 'at' in a description: 'the council' in 'spokesman for the council'."""
        if end <= at + 1 or self.tokens[at].plain in _NOT_SPOKEN_FOR or self.tokens[at - 1].is_in("offices"):
            return ""
        for start in range(at + 1, end):
            stop = self.capitals_end(start)
            if stop > start and self.tokens[stop - 1].text != "State":
                return self.text(start, min(stop, end))
        bodies = [k for k in range(at + 1, end) if self.tokens[k].noun == "bodies"]
        return self.text(at + 1, bodies[-1] + 1) if bodies else ""

    def _named(self, first: int, at: int) -> Mention | None:
        """The name whose capitalised words begin at `at`, or what stands behind it: 'NASA's administrator', 'a NASA official'."""
        end = self.capitals_end(at)
        if end == at:
            return None
        while self.token(end).noun == "roles" and not self.token(end).capital:
            further = self.capitals_end(end + 1)
            if further == end + 1:
                return self._introduced(first, at, end)
            end = further
        if self.token(end).text in POSSESSIVE:
            owned = [k for k in range(end + 1, self.run_end(end + 1)) if self.tokens[k].noun]
            if owned:
                return self._introduced(first, at, owned[-1])
        while end - 1 > at and self.tokens[end - 1].is_in("no_names"):
            end -= 1
        return None if end == at + 1 and self.tokens[at].is_in("adjectives") else self.name(first, at, end)
