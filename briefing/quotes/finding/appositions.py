"""A name and the description beside it, made one mention."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from briefing.quotes.finding.mentions import Kind, Mention
from briefing.quotes.finding.sentences import Sentence


def with_appositions(
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
        return replace(
            second,
            kind=Kind.PERSON,
            first=first.first,
            last=end,
            role=first.role,
            owner=first.owner,
            gender=first.gender or second.gender,
        )
    if first.kind is Kind.BODY and not first.named and second.named and second.kind is not Kind.PLACE:
        return replace(second, kind=Kind.BODY, first=first.first, last=end)
    bare = tokens[first.first].text == first.text.split(" ")[0] or first.kind is Kind.PERSON
    if first.named and bare and first.kind in named and second.kind is Kind.DESCRIBED and not second.plural:
        return replace(
            first,
            kind=Kind.PERSON,
            last=end,
            role=second.role,
            owner=second.owner,
            gender=first.gender or second.gender,
            initial=False,
        )
    if first.named and second.kind is Kind.BODY and not second.named:
        return replace(first, kind=Kind.BODY, last=end, initial=False)
    return None
