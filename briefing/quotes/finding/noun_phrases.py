"""Finding the mentions of a sentence, without a grammar: a name is a run of capitalised words, a description a run that ends in a noun for a
person, a body or a document. `words.toml` holds the nouns.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from briefing.quotes.finding.appositions import with_appositions
from briefing.quotes.finding.mentions import PRONOUNS, Kind, Mention
from briefing.quotes.finding.runs import Runs
from briefing.quotes.finding.sentences import Sentence
from briefing.quotes.finding.titled_names import TitledNames
from briefing.quotes.finding.words import Words

_INDEFINITE = frozenset({"a", "an", "one", "another", "ein", "eine", "un", "une", "some", "several"})


def mentions_in(sentence: Sentence, words: Words) -> tuple[Mention, ...]:
    """The mentions of a sentence, in order; none overlap, and a name with its description beside it is one."""
    phrases = _Phrases(sentence, words)
    found: list[Mention] = []
    at = 0
    while at < len(sentence.tokens):
        mention = phrases.at(at)
        if mention is not None:
            found.append(mention)
            at = mention.last
        else:
            at += 1
    return with_appositions(sentence, found, phrases.runs.attached_end)


class _Phrases:
    def __init__(self, sentence: Sentence, words: Words) -> None:
        self.runs = Runs(sentence, words)
        self._runs = self.runs
        self._tokens = sentence.tokens
        self._words = words
        self._titled = TitledNames(sentence.tokens, self._runs, words)

    def at(self, at: int) -> Mention | None:
        """The mention that begins at token `at`."""
        token = self._tokens[at]
        if not token.is_word:
            return None
        lists = self._words.lists_of(token.text)
        pronoun = self._pronoun(at, lists)
        if "clauses" in lists and at + 1 < len(self._tokens) and self._tokens[at + 1].capital:
            return None  # 'heard that Bell': a clause begins, nobody is pointed at
        if "determiners" in lists:
            return self._some_of(at) or self._determined(at, at + 1) or pronoun
        if pronoun is not None:
            return pronoun
        if at == 0 and "speaking" in lists and not self._runs.noun(at):
            return None
        if token.capital and ("no_names" not in lists or self._leads_to_role(at)):
            return self._named(at, at)
        if "qualifiers" in lists:
            return self._determined(at, at + 1)
        if self._words.is_role(token.text):
            return self._determined(at, at)
        modified = self._modified(at)
        if modified is not None:
            return modified
        if (token.plain.endswith("s") or token.plain == "police") and self._words.is_body(token.text):
            return Mention(Kind.BODY, at, at + 1, token.text, plural=True)
        return None

    def _modified(self, at: int) -> Mention | None:
        """A name after a role that plain words open: 'health economist Renata Cole' after a comma or a verb of speaking."""
        before = self._tokens[at - 1] if at else None
        if before is not None and before.text != "," and not self._words.has("speaking", before.text):
            return None
        for head in range(at + 1, min(at + 3, len(self._tokens))):
            if self._runs.stops(head - 1):
                return None
            if self._runs.noun(head) == "role" and self._runs.name_after(head) is not None:
                return self._introduced(at, at, head)
        return None

    def _some_of(self, at: int) -> Mention | None:
        """'One of her predecessors', 'two of the divers'."""
        if at + 2 >= len(self._tokens) or self._tokens[at + 1].plain != "of":
            return None
        determined = self._words.has("determiners", self._tokens[at + 2].text)
        whole = self._determined(at + 2, at + 3) if determined else self.at(at + 2)
        end = whole.last if whole is not None else self._runs.plural_end(at + 3) if determined else at
        if end <= at + 2:
            return None
        several = self._tokens[at].plain not in ("one", "each", "another")
        return Mention(Kind.DESCRIBED, at, end, self._runs.text(at, end), plural=several)

    def _leads_to_role(self, at: int) -> bool:
        """Whether a capitalised common word ('Local', 'Former') heads a run that ends in a noun for people or a body."""
        end = self._runs.run_end(at)
        return (
            at + 1 < end
            and any(self._runs.noun(k) for k in range(at + 1, end))
            and self._tokens[at].plain in ("local", "former")
        )

    def _pronoun(self, at: int, lists: Set[str]) -> Mention | None:
        word = self._tokens[at].text
        if self._words.language == "fr" and "-" in word:
            lists = self._words.lists_of(word.rsplit("-", 1)[1])  # French hangs it on the verb: 'a-t-il assuré'
        if lists.isdisjoint(PRONOUNS):
            return None
        name = next(name for name in PRONOUNS if name in lists)
        return Mention(Kind.PRONOUN, at, at + 1, word, pronoun=name, plural=name == "they", definite=True)

    def _determined(self, first: int, start: int) -> Mention | None:
        """The noun phrase whose words begin at `start`; `first` is its determiner, or `start` for a noun that stands bare."""
        end = self._runs.run_end(start)
        heads = [k for k in range(start, end) if self._runs.noun(k)]
        if not heads:
            return self._named(first, start) if first < start < end and self._tokens[start].capital else None
        head = heads[-1]
        if self._tokens[head].capital and self._runs.noun(head) == "body" and self._tokens[start].capital:
            alone = start == head and self._runs.capitals_end(start) == start + 1 and first < start
            return self._described(first, start, head) if alone else self._named(first, start)
        if self._runs.name_after(head) is not None:
            return self._introduced(first, start, head)
        return self._described(first, start, head)

    def _introduced(self, first: int, start: int, head: int) -> Mention:
        """A name right after the noun that says what it is: 'the historian Gareth Pugh', 'the company Aquis'."""
        at = self._runs.name_after(head)
        named = self._named(at, at) if at is not None else None
        if named is None:
            return self._described(first, start, head)
        role = self._runs.text(start, head + 1)
        if self._runs.noun(head) == "role" and self._runs.several(head):
            return replace(named, first=first, initial=False)
        if self._runs.noun(head) == "body":
            return replace(named, first=first, kind=Kind.BODY, initial=False)
        kind = Kind.PERSON if named.kind in (Kind.PERSON, Kind.NAME) else named.kind
        gender = named.gender or self._runs.gender(start, head + 1)
        return replace(
            named, first=first, kind=kind, role=role, owner=self._owner(start, head), gender=gender, initial=False
        )

    def _described(self, first: int, start: int, head: int) -> Mention:
        kind = {"role": Kind.DESCRIBED, "body": Kind.BODY, "document": Kind.DOCUMENT}[self._runs.noun(head)]
        end = self._runs.attached_end(head + 1)
        if kind is Kind.DOCUMENT and end == head + 1 and end < len(self._tokens) and self._tokens[end].plain == "by":
            name_end = self._runs.capitals_end(end + 1)
            end = name_end if name_end > end + 1 else end
        determiner = self._tokens[first] if first < start else None
        indefinite = determiner is None or determiner.plain in _INDEFINITE
        owner = self._owner(start, head) or self._complement(head + 1, end)
        return Mention(
            kind,
            first,
            end,
            self._runs.text(first, end),
            owner=owner,
            definite=not indefinite,
            plural=self._runs.several(head),
            gender=self._runs.gender(start, head + 1),
            role=self._runs.text(start, end) if kind is Kind.DESCRIBED else "",
        )

    def _owner(self, start: int, head: int) -> str:
        for k in range(start, head):
            if self._tokens[k].text in ("'s", "’s"):
                owner = any(self._tokens[j].capital or self._runs.noun(j) == "body" for j in range(start, k))
                return self._runs.text(start, k) if owner else ""
        capitals = self._runs.capitals_end(start)
        return (
            self._runs.text(start, capitals)
            if start < capitals <= head and self._runs.noun(capitals - 1) == "body"
            else ""
        )

    def _complement(self, at: int, end: int) -> str:
        """The body that follows 'of', 'for', 'at' in a description: 'the council' in 'spokesman for the council'."""
        if (
            end <= at + 1
            or self._tokens[at].plain in ("in", "on", "with", "behind")
            or self._words.has("offices", self._tokens[at - 1].text)
        ):
            return ""
        for start in range(at + 1, end):
            stop = self._runs.capitals_end(start)
            if stop > start and self._tokens[stop - 1].text != "State":
                return self._runs.text(start, min(stop, end))
        bodies = [k for k in range(at + 1, end) if self._runs.noun(k) == "body"]
        return self._runs.text(at + 1, bodies[-1] + 1) if bodies else ""

    def _named(self, first: int, at: int) -> Mention | None:
        """The name whose capitalised words begin at `at`; `first` takes in a determiner before it."""
        end = self._runs.capitals_end(at)
        if end == at:
            return None
        tokens = self._tokens
        while end < len(tokens) and self._runs.noun(end) == "role" and not tokens[end].capital:
            further = self._runs.capitals_end(end + 1)
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
        return self._titled.parted(first, at, end)

    def _owned_noun(self, at: int) -> int | None:
        """The last noun for a person, body or document in the run that follows a possessive."""
        heads = [k for k in range(at, self._runs.run_end(at)) if self._runs.noun(k)]
        return heads[-1] if heads else None

    def _owned(self, first: int, at: int, head: int) -> Mention:
        """'NASA's administrator', 'a Commerce Department official': described by what it belongs to, or a name after that."""
        if self._runs.name_after(head) is not None:
            return self._introduced(first, at, head)
        return self._described(first, at, head)
