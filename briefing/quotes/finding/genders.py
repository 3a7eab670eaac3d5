"""Which pronoun a text uses of each person it names, where it is consistent: only a help to guessing, never shown."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.quotes.finding.mentions import Kind, Mention
from briefing.quotes.finding.names import Names
from briefing.quotes.finding.sentences import Sentence

# Not 'him' and 'her': in "Bell told him" they are somebody else.
_HE = ("he", "his", "himself")
_SHE = ("she", "hers", "herself")


def genders_in(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], names: Names) -> dict[str, str]:
    """'he' or 'she' for each person of whom a sentence that names nobody else always uses the one and never the other."""
    used: dict[str, set[str]] = {}
    for sentence, found in zip(sentences, mentions, strict=True):
        people = {
            names.of(mention).name: mention
            for mention in found
            if mention.named and mention.kind in (Kind.PERSON, Kind.NAME)
        }
        others = [mention for mention in found if mention.kind is Kind.DESCRIBED]
        if len(people) != 1 or others:
            continue
        name, mention = next(iter(people.items()))
        after = [token.plain for token in sentence.tokens[mention.last :] if token.is_word]
        used.setdefault(name, set()).update(("he",) if any(word in _HE for word in after) else ())
        used.setdefault(name, set()).update(("she",) if any(word in _SHE for word in after) else ())
    return {name: next(iter(pronouns)) for name, pronouns in used.items() if len(pronouns) == 1}
