"""The subject of a verb of speaking, found without a parser: the mention that stands where a subject stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.quotes.finding.narration import Sentence
from briefing.quotes.finding.noun_phrases import APOSTROPHES, Kind, Mention
from briefing.quotes.finding.words import Words

PAUSES = {",", "—", "–", "-"}
_HARD = {";", ":"}
_FAR = 6
_AND = ("and", "und", "et", "и")
_ONE = {"one", "another"}
_COUNTED = _ONE | {"two", "three", "some", "others", "many", "several", "both"}
"""Words that can be a subject by themselves: 'One wrote that …'."""
_INDEFINITE = _ONE | {"a", "an", "ein", "eine", "un", "une"}
_BREAKS = ("prepositions", "relative", "joining", "speaking", "being", "skipped")
_NO_PLURAL = ("put", "read", "thought", "hold", "held")


@dataclass(frozen=True, slots=True)
class Subject:
    """A verb's subject; `mention` is None for a passive that names nobody ('was told to')."""

    mention: Mention | None
    shared: bool = False
    """Whether the verb has it from another verb ('… and said', 'adding')."""
    doubtful: bool = False
    """Whether the sentence does not say that it spoke the words: 'never said', 'denied', 'Bell or Reed said'."""
    opening: int = 0
    """For a subject after its verb: the token at which the attribution begins."""


class Subjects:
    """Finds subjects in one sentence."""

    def __init__(self, sentence: Sentence, mentions: Sequence[Mention], words: Words) -> None:
        self._text = sentence.text
        self._tokens = sentence.tokens
        self._mentions = mentions
        self._words = words

    def ending(self, at: int) -> Mention | None:
        """The mention that ends right before token `at`."""
        return next((mention for mention in self._mentions if mention.last == at), None)

    def starting(self, at: int) -> Mention | None:
        """The mention that begins at token `at`, or the noun phrase there whose noun is not in the word lists."""
        tokens = self._tokens
        mention = next((mention for mention in self._mentions if mention.first == at), None)
        if mention is not None or at >= len(tokens) or not tokens[at].is_in("determiners"):
            return mention
        if at + 2 < len(tokens) and tokens[at + 1].plain == "of":
            whole = self.starting(at + 2)
            return self._described(at, whole.last) if whole is not None else None
        end = at + 1
        while end < len(tokens) and end - at < _FAR and tokens[end].is_word and not self._is(end, *_BREAKS):
            end += 1
        if end < len(tokens) and tokens[end].text == ",":
            named = next((m for m in self._mentions if m.first == end + 1 and m.named), None)
            if named is not None and (named.last == len(tokens) or not tokens[named.last].is_word):
                return named  # 'said its treasurer, Anna Bell.'
        return self._described(at, end) if end > at + 1 else None

    def main(self, before: int) -> Mention | None:
        """The first mention before token `before` that no preposition governs."""
        earlier = (mention for mention in self._mentions if mention.first < before)
        return next((one for one in earlier if one.kind is not Kind.PLACE and not self._governed(one)), None)

    def possessive(self, at: int) -> Mention | None:
        """'his', 'her', 'its', 'their' as a pronoun."""
        owns = self._is(at, "possessives")
        return Mention(Kind.PRONOUN, at, at + 1, self._tokens[at].text) if owns else None

    def after(self, verb: int, end: int) -> Subject | None:
        """The subject that follows its verb, as it may after a quotation: '“…,” said Bell'."""
        tokens = self._tokens
        before = verb - 1
        while before >= 0 and self._is(before, "skipped"):
            before -= 1
        opening = before + 1
        while before >= 0 and tokens[before].text in PAUSES:
            before -= 1
        if before >= 0 and tokens[before].quotation is None:
            return None
        at = end
        while at < len(tokens) and self._adverb(at):
            at += 1
        if at < len(tokens) and self._is(at, "relative"):
            return None
        subject = self.starting(at)
        if subject is not None:
            return Subject(self._with_second(subject), opening=opening)
        for ahead in range(at, min(at + 5, len(tokens))):
            if not tokens[ahead].is_word or self._is(ahead, "prepositions"):
                break
            named = next((mention for mention in self._mentions if mention.first == ahead and mention.named), None)
            if named is not None:
                return Subject(named, opening=opening)
        return None

    def before(self, verb: int, *, unclear: bool, shared: Mention | None) -> Subject | None:
        """The subject that stands before its verb; `shared` is that of the verb before, `unclear` says that the verb may be a noun."""
        at = verb - 1
        passive = joined = False
        while at >= 0 and (self._is(at, "skipped", "being") or self._adverb(at)):
            joined = joined or self._is(at, "joining")
            passive = passive or self._is(at, "being")
            if self._tokens[at].plain == "to" and self.ending(at) is None and not passive:
                return None
            at -= 1
        continuing = self._tokens[verb].plain.endswith("ing")
        if passive and not continuing:
            return Subject(self._agent(verb))
        if at < 0:
            return None
        if unclear:
            mention = self.ending(at + 1)
            return self._checked(mention, verb) if mention is not None and self._agrees(mention, verb) else None
        if joined and self._tokens[at].text in PAUSES:
            return self._joined(verb, shared)
        return self._at(at, verb, continuing=continuing, shared=shared)

    def noun_phrase(self, last: int) -> Mention | None:
        """The noun phrase that ends at token `last` and whose noun is not in the word lists: 'a man in the gallery', 'islanders'."""
        tokens = self._tokens
        if not tokens[last].is_word:
            return None
        at = last
        start = None
        while at >= 0 and last - at <= _FAR and tokens[at].is_word:
            if self._is(at, "determiners"):
                start = None if self._is(at, "prepositions") else at
                if at == 0 or not self._is(at - 1, "prepositions"):
                    break
                at -= 1
            elif self._is(at, "joining", "relative", "speaking") and at != last:
                break
            at -= 1
        if start is not None and start < last:
            governed = start > 0 and self._is(start - 1, "prepositions")
            return None if governed else self._described(start, last + 1)
        word = tokens[last]
        if word.plain in _COUNTED:
            return Mention(Kind.DESCRIBED, last, last + 1, word.text.lower(), plural=word.plain not in _ONE)
        stands_alone = last == 0 or not tokens[last - 1].is_word or self._is(last - 1, "joining", "relative")
        several = word.plain.endswith(("s", "men", "women", "people")) and (last == 0 or not word.capital)
        return Mention(Kind.DESCRIBED, last, last + 1, word.text, plural=True) if stands_alone and several else None

    def _with_second(self, first: Mention) -> Mention:
        """'Said Anna Bell and Tom Reed.': both, where nothing but the end of the clause follows."""
        second = next((m for m in self._mentions if m.first == first.last + 1 and m.named), None)
        joined = first.named and first.last < len(self._tokens) and self._tokens[first.last].plain in _AND
        if second is None or not joined or (second.last < len(self._tokens) and self._tokens[second.last].is_word):
            return first
        return _both(first, second)

    def _checked(self, subject: Mention, verb: int) -> Subject:
        """The subject, and whether something speaks against its having said the words."""
        head = self._head(subject)
        ahead = self._tokens[head.first - 1].plain if head.first else ""
        beside = (ahead, *(self._tokens[k].plain for k in range(head.last, verb)))
        unreal = any(self._words.has("unreal", word) or word.endswith("n't") for word in beside)
        if unreal or self._is(verb, "denying") or ahead in ("or", "nor"):
            return Subject(head, doubtful=True)
        outer = self._outer(head)
        return Subject(head) if outer is None else Subject(outer, doubtful=True)

    def _outer(self, mention: Mention) -> Mention | None:
        """'A woman who knew Bell said': the one before 'who', where the mention is the object of the clause between."""
        for at in range(mention.first - 2, 0, -1):
            if not self._tokens[at].is_word:
                break
            if self._tokens[at].plain in ("who", "qui"):
                return self.ending(at)
        return None

    def _at(self, at: int, verb: int, *, continuing: bool, shared: Mention | None) -> Subject | None:
        token = self._tokens[at]
        mention = self.ending(at + 1)
        if token.text == ")":
            opening = next((k for k in range(at - 1, -1, -1) if self._tokens[k].text == "("), None)
            return self._at(opening - 1, verb, continuing=continuing, shared=shared) if opening else None
        if mention is not None and not (continuing and token.text == ","):
            return self._checked(mention, verb)
        if self._is(at, "relative"):
            relative = at - 1 if at and self._tokens[at - 1].text == "," else at
            antecedent = self.ending(relative) or self.ending(at)
            return self._checked(antecedent, verb) if antecedent is not None else self._joined(verb, shared)
        if continuing or self._is(at, "joining", "prepositions") or token.quotation is not None:
            return self._joined(verb, shared)
        found = self._before_pause(at) if token.text in PAUSES else self.noun_phrase(at)
        return self._checked(found, verb) if found is not None else None

    def _joined(self, verb: int, shared: Mention | None) -> Subject | None:
        """The subject that a verb shares with one before it: that of the main clause where one has begun since."""
        start = shared.last if shared is not None else 0
        begun = [m for m in self._mentions if start <= m.first < verb and m.last < verb and self._begins_clause(m)]
        subject = begun[-1] if begun else shared or self.main(verb)
        return Subject(subject, shared=True) if subject is not None else None

    def _begins_clause(self, mention: Mention) -> bool:
        """'Asked about it, Bell smiled and said': a comma before the mention and a verb, so a plain word, after it."""
        before, after = self._tokens[mention.first - 1], self._tokens[mention.last]
        plain_word = after.is_word and not self._is(mention.last, "prepositions", "relative", "joining")
        return mention.first > 0 and before.text == "," and plain_word and mention.kind is not Kind.PLACE

    def _before_pause(self, at: int) -> Mention | None:
        """The subject before a bracketing comma: 'Bell, who runs the port, said', 'Bell, 43, said'."""
        directly = self.ending(at) is not None
        for k in range(at - 1, -1, -1):
            token = self._tokens[k]
            if token.text in _HARD or token.quotation is not None:
                break
            if token.text in PAUSES:
                mention = self.ending(k) or self.ending(k + 1)
                person = mention is not None and mention.kind is Kind.PERSON and not self._governed(mention)
                if directly and not person and not self._is(k + 1, "relative"):
                    break  # 'the meeting, held in Hull': the verb has no subject of its own
                if mention is not None and mention.kind is not Kind.PLACE:
                    return mention
        return None

    def _agent(self, verb: int) -> Mention | None:
        """Who did it, after a passive verb: 'was described by Bell as'."""
        near = range(verb + 1, min(verb + 3, len(self._tokens)))
        by = next((at for at in near if self._tokens[at].plain in ("by", "von", "par")), None)
        return self.starting(by + 1) if by is not None else None

    def _head(self, mention: Mention) -> Mention:
        """The mention that governs one inside a prepositional phrase: 'Bell' in 'Bell of Lantern Securities'; two joined by 'and' as one."""
        before = mention.first - 1
        other = self.ending(before) if before > 0 else None
        if other is None:
            return mention
        if self._is(before, "prepositions") and other.kind is not Kind.PRONOUN:
            return self._head(other)
        heads = other.first == 0 or not self._tokens[other.first - 1].is_word
        both = self._tokens[before].plain in _AND and other.named and mention.named and heads
        return _both(other, mention) if both else mention

    def _agrees(self, mention: Mention, verb: int) -> bool:
        """Whether a word that may be a noun can be this mention's verb: 'Bell notes', 'officials note', not 'the council notes' plural."""
        form = self._tokens[verb].plain
        singular = form.endswith("s") and not form.endswith("ss")
        either = mention.kind is Kind.PRONOUN or form in _NO_PLURAL
        return self._tokens[mention.last - 1].text not in APOSTROPHES and (either or singular != mention.plural)

    def _described(self, first: int, last: int) -> Mention:
        definite = self._tokens[first].plain not in _INDEFINITE
        if definite and all(token.capital for token in self._tokens[first + 1 : last]):
            return Mention(Kind.NAME, first, last, self._text(first + 1, last), named=True, definite=True)
        return Mention(Kind.DESCRIBED, first, last, self._text(first, last), definite=definite)

    def _is(self, at: int, *lists: str) -> bool:
        return self._tokens[at].is_in(*lists)

    def _adverb(self, at: int) -> bool:
        token = self._tokens[at]
        ending = (token.plain.endswith("ly") and len(token.plain) > 4) or token.plain.endswith("n't")
        return token.is_word and not token.capital and ending

    def _governed(self, mention: Mention) -> bool:
        return mention.first > 0 and self._is(mention.first - 1, "prepositions")


def _both(one: Mention, other: Mention) -> Mention:
    return Mention(Kind.DESCRIBED, one.first, other.last, f"{one.text} and {other.text}", plural=True)
