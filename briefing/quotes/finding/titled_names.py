"""A run of capitalised words taken apart: titles and roles before the name, and what kind of name it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.quotes.finding.mentions import Kind, Mention
from briefing.quotes.finding.runs import Runs
from briefing.quotes.finding.sentences import Token
from briefing.quotes.finding.words import Words

_OCCUPATIONS = ("er", "or", "ist", "ian", "man", "woman")
_LONGEST_PERSON = 5
_HONORIFICS = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "herr",
        "frau",
        "m",
        "mme",
        "mlle",
        "monsieur",
        "madame",
    }
    | {"г-н", "г-жа"}
)
_STYLES = frozenset({"sir", "dame", "lord", "lady", "baroness", "baron"})


class TitledNames:
    """Reads the names of one sentence; `first` takes in a determiner before a name, `at` to before `end` are its words."""

    def __init__(self, tokens: Sequence[Token], runs: Runs, words: Words) -> None:
        self._tokens = tokens
        self._runs = runs
        self._words = words

    def parted(self, first: int, at: int, end: int) -> Mention:
        """Titles and roles taken off a run of capitalised words."""
        tokens = self._tokens
        start = at
        for k in range(at, end - 1):
            title = self._words.has("titles", tokens[k].text) or self._runs.noun(k) == "role"
            if title and not (k > at and tokens[k + 1].text in ("'", "’")):
                start = k + 1
                if tokens[start].text == "." and start + 1 < end:
                    start += 1
        if tokens[start].plain == "of":
            return self.office(first, at, start, end)
        if start == at and end - at >= 3 and at == 0 and self._by_trade(tokens[at]):
            start = at + 1
        gender = self._runs.gender(at, start)
        titled = start > at
        role = (
            self._runs.text(at, start)
            if any(t.plain not in _HONORIFICS | _STYLES | {"."} for t in tokens[at:start])
            else ""
        )
        if start > at and (tokens[start - 1].plain in _STYLES or self._runs.noun(end - 1) == "role"):
            start -= 1  # 'Sir Edmund' keeps his style, and 'Mr Speaker' has no other name
        text = self._runs.text(start, end)
        kind = self._kind(start, end, titled=titled)
        owner = self._body_before(at, start)
        return Mention(
            kind,
            first,
            end,
            text,
            named=True,
            role=role,
            owner=owner,
            gender=gender,
            definite=True,
            initial=at == 0 and end - start == 1 and kind is Kind.NAME,
        )

    def _body_before(self, at: int, end: int) -> str:
        """The body named at the head of a role: 'NASA' in 'NASA administrator'."""
        stop = self._runs.capitals_end(at)
        if not at < stop < end or self._runs.noun(stop - 1) == "role":
            return ""
        acronym = self._tokens[stop - 1].text.isupper() and len(self._tokens[stop - 1].text) > 1
        return self._runs.text(at, stop) if acronym or (stop - at > 1 and self._runs.noun(stop - 1) == "body") else ""

    def office(self, first: int, at: int, of: int, end: int) -> Mention:
        """'Minister of State Aoife Brannigan' is a name; 'Secretary of State for Ports' an office."""
        if (
            self._tokens[of + 1].plain == "state"
            and end - of > 2
            and all(token.capital for token in self._tokens[of + 1 : end])
        ):
            named = self.parted(first, of + 2, end)
            return replace(named, first=first, kind=Kind.PERSON, role=self._runs.text(at, of + 2), initial=False)
        office = self._runs.text(at, end)
        last = self._runs.attached_end(end)
        return Mention(Kind.DESCRIBED, first, last, self._runs.text(first, last), role=office, definite=True)

    def _by_trade(self, token: Token) -> bool:
        return token.plain.endswith(_OCCUPATIONS) and not self._words.has("given_names_like_roles", token.text)

    def _kind(self, start: int, end: int, *, titled: bool) -> Kind:
        tokens = self._tokens[start:end]
        if titled:
            return Kind.PERSON
        if any(self._runs.noun(k) == "body" and self._tokens[k].capital for k in range(start, end)) and len(tokens) > 1:
            return Kind.BODY
        if self._words.has("places", tokens[-1].text) and len(tokens) > 1:
            return Kind.PLACE
        if len(tokens) == 1:
            letters = tokens[0].text
            return Kind.BODY if len(letters) > 1 and letters.isupper() else Kind.NAME
        if any(token.text.isupper() and len(token.text) > 1 for token in tokens[-1:]):
            return Kind.BODY
        return Kind.PERSON if len(tokens) <= 5 else Kind.NAME
