"""Values that are no light Markdown, lines and the words of quotes: what of the looks of a paragraph they cannot have, and what is left then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from briefing.formats.docx.edited.edited_document import Span, joined
from briefing.pull.light_markdown import TYPED, Grammar, reads_as, with_calls, written
from briefing.pull.word_merge import folded, tokens
from briefing.sequence_edits import edits

Look = tuple[bool, bool, str]
"""Whether a word is strong and emphasised, and where it leads to."""


def plain_spans(spans: Sequence[Span], grammar: Grammar, like: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The spans as a value of the `grammar` can have them: outside of light Markdown without citations, and with the words of references, but for
    those that the spans have which they are `like`. The program sets these.
    """
    if grammar is Grammar.PROSE:
        return tuple(spans)
    known, calls = {each.target for each in like}, _calls(like)
    made = list[Span]()
    for each in with_calls([each if each.target in known else replace(each, target="") for each in spans]):
        calls[each.text] -= each.target == TYPED
        if each.target != TYPED or calls[each.text] >= 0:
            made.append(replace(each, link="") if grammar is Grammar.QUOTE else each)
    return joined(made)


def loses(spans: Sequence[Span], grammar: Grammar, like: Sequence[Span] = ()) -> bool:
    """Whether emphasis, a link, a citation or a reference in the spans cannot be written, beyond what those have that they are `like`."""
    named = joined(with_calls(spans))
    if grammar is Grammar.LINE:
        plain = plain_spans(spans, grammar, like)
        return [each.text for each in named] != [each.text for each in plain] or _is_restyled(like, spans)
    if {*_stressed(spans)} <= {*_stressed(like)} and (grammar is Grammar.PROSE or _calls(named) <= _calls(like)):
        return False
    if grammar is Grammar.QUOTE and (_calls(named) or any(map(_leads, named))):
        return True
    marked = any(each.strong or each.emphasis for each in named)
    return marked and not reads_as(written(named, grammar), named, grammar, emphasised=True)


def _calls(spans: Sequence[Span]) -> Counter[str]:
    return Counter(each.text for each in with_calls(spans) if each.target == TYPED)


def _leads(span: Span) -> str:
    """Where a span leads to beyond what its own words say."""
    bare = (span.text.strip(), f"{span.text.strip()}/", f"mailto:{span.text.strip()}")
    return "" if span.link in bare else span.link.rstrip("/")


def _stressed(spans: Sequence[Span]) -> Iterator[tuple[str, Look]]:
    for each in spans:
        if each.strong or each.emphasis or _leads(each):
            yield each.text.strip(), (each.strong, each.emphasis, _leads(each))


def _is_restyled(before: Sequence[Span], after: Sequence[Span]) -> bool:
    """Whether words of a line look otherwise than before, or new ones otherwise than those in whose place or beside which they stand."""
    links = {each.link for each in before}
    old, new = (list(_words(one, links)) for one in (before, after))
    for stayed, low, high, left, right in edits([word for word, _ in old], [word for word, _ in new]):
        there = new[left:right]
        if stayed:
            if any(one != other for one, other in zip(old[low:high], there, strict=True) if _is_word(one[0])):
                return True
            continue
        beside = old[low:high] or [
            each for each in (*new[left - 1 : left], *new[right : right + 1]) if _is_word(each[0])
        ]
        looks = {look for _, look in beside} or {(False, False, "")}
        if any(look not in looks for word, look in there if _is_word(word)):
            return True
    return False


def _words(spans: Sequence[Span], links: Collection[str]) -> Iterator[tuple[str, Look]]:
    for each in spans:
        look = each.strong, each.emphasis, "" if each.link in links else _leads(each)
        yield from ((folded(word), look) for word in tokens(each.text) if not word.isspace())


def _is_word(token: str) -> bool:
    return any(map(str.isalnum, token))
