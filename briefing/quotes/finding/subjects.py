"""The subject of a verb of speaking, found without a parser: the mention that stands where a subject stands."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from briefing.quotes.finding.narration import Sentence
from briefing.quotes.finding.noun_phrases import APOSTROPHES, Kind, Mention

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


class Subject(Struct, frozen=True):
    """A verb's subject; `mention` is None for a passive that names nobody ('was told to')."""

    mention: Mention | None
    shared: bool = False
    """Whether the verb has it from another verb ('… and said', 'adding')."""
    doubtful: bool = False
    """Whether the sentence does not say that it spoke the words: 'never said', 'denied', 'Bell or Reed said'."""
    unsaid: bool = False
    """Whether it says that the words were not, or perhaps not, said: 'never said', 'denied', 'if Bell says'."""
    opening: int = 0
    """For a subject after its verb: the token at which the attribution begins."""


class Subjects:
    """Finds subjects in one sentence."""

    def __init__(self, sentence: Sentence, mentions: Sequence[Mention]) -> None:
        self._text, self._token, self._tokens = sentence.text, sentence.token, sentence.tokens
        self._mentions = mentions

    def ending(self, at: int) -> Mention | None:
        """The mention that ends right before token `at`."""
        return next((mention for mention in self._mentions if mention.last == at), None)

    def _beginning(self, at: int) -> Mention | None:
        return next((mention for mention in self._mentions if mention.first == at), None)

    def starting(self, at: int) -> Mention | None:
        """The mention that begins at token `at`, or the noun phrase there whose noun is not in the word lists."""
        mention = self._beginning(at)
        if mention is not None or not self._token(at).is_in("determiners"):
            return mention
        if self._token(at + 1).plain == "of":
            whole = self.starting(at + 2)
            return self._described(at, whole.last) if whole is not None else None
        end = at + 1
        while end - at < _FAR and self._token(end).is_word and not self._token(end).is_in(*_BREAKS):
            end += 1
        named = self._beginning(end + 1) if self._token(end).text == "," else None
        if named is not None and named.named and not self._token(named.last).is_word:
            return named  # 'said its treasurer, Anna Bell.'
        return self._described(at, end) if end > at + 1 else None

    def main(self, before: int) -> Mention | None:
        """The first mention before token `before` that no preposition governs."""
        earlier = (mention for mention in self._mentions if mention.first < before)
        return next((one for one in earlier if one.kind is not Kind.PLACE and not self._governed(one.first)), None)

    def possessive(self, at: int) -> Mention | None:
        """'his', 'her', 'its', 'their' as a pronoun."""
        token = self._tokens[at]
        return Mention(Kind.PRONOUN, at, at + 1, token.text) if token.is_in("possessives") else None

    def after(self, verb: int, end: int) -> Subject | None:
        """The subject that follows its verb, as it may after a quotation: '“…,” said Bell'."""
        before = verb - 1
        while self._token(before).is_in("skipped"):
            before -= 1
        opening = before + 1
        while self._token(before).text in PAUSES:
            before -= 1
        if before >= 0 and self._token(before).quotation is None:
            return None
        at = end
        while self._adverb(at):
            at += 1
        if self._token(at).is_in("relative"):
            return None
        subject = self.starting(at)
        if subject is not None:
            return Subject(self._with_second(subject), opening=opening)
        for ahead in range(at, at + 5):
            if not self._token(ahead).is_word or self._token(ahead).is_in("prepositions"):
                break
            named = self._beginning(ahead)
            if named is not None and named.named:
                return Subject(named, opening=opening)
        return None

    def before(self, verb: int, *, unclear: bool, shared: Mention | None) -> Subject | None:
        """The subject that stands before its verb; `shared` is that of the verb before, `unclear` says that the verb may be a noun."""
        at = verb - 1
        passive = joined = False
        while self._token(at).is_in("skipped", "being") or self._adverb(at):
            joined = joined or self._token(at).is_in("joining")
            passive = passive or self._token(at).is_in("being")
            if self._token(at).plain == "to" and self.ending(at) is None and not passive:
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
        word, before = self._tokens[last], self._token(last - 1)
        if not word.is_word:
            return None
        start, at = None, last
        while last - at <= _FAR and self._token(at).is_word:
            if self._token(at).is_in("determiners"):
                start = None if self._token(at).is_in("prepositions") else at
                if not self._governed(at):
                    break
                at -= 1
            elif self._token(at).is_in("joining", "relative", "speaking") and at != last:
                break
            at -= 1
        if start is not None and start < last:
            return None if self._governed(start) else self._described(start, last + 1)
        if word.plain in _COUNTED:
            return Mention(Kind.DESCRIBED, last, last + 1, word.text.lower(), plural=word.plain not in _ONE)
        stands_alone = not before.is_word or before.is_in("joining", "relative")
        several = word.plain.endswith(("s", "men", "women", "people")) and (last == 0 or not word.capital)
        return Mention(Kind.DESCRIBED, last, last + 1, word.text, plural=True) if stands_alone and several else None

    def _with_second(self, first: Mention) -> Mention:
        """'Said Anna Bell and Tom Reed.': both, where nothing but the end of the clause follows."""
        second = self._beginning(first.last + 1)
        joined = first.named and second is not None and second.named and self._token(first.last).plain in _AND
        return _both(first, second) if second and joined and not self._token(second.last).is_word else first

    def _checked(self, subject: Mention, verb: int) -> Subject:
        """The subject, and whether something speaks against its having said the words."""
        head = self._head(subject)
        ahead = self._token(head.first - 1)
        between = self._tokens[head.last : verb]
        unreal = any(one.is_in("unreal") or one.plain.endswith("n't") for one in (ahead, *between))
        if unreal or self._tokens[verb].is_in("denying") or ahead.plain in ("or", "nor"):
            # What stands in a clause of its own ('Bell, who was not there, said') is not of the verb.
            paused = any(one.text in PAUSES or one.is_in("relative") for one in between)
            return Subject(head, doubtful=True, unsaid=not paused and ahead.plain not in ("or", "nor"))
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
        if token.is_in("relative"):
            antecedent = self.ending(at - (self._token(at - 1).text == ",")) or self.ending(at)
            return self._checked(antecedent, verb) if antecedent is not None else self._joined(verb, shared)
        if continuing or token.is_in("joining", "prepositions") or token.quotation is not None:
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
        before, after = self._token(mention.first - 1), self._tokens[mention.last]
        plain_word = after.is_word and not after.is_in("prepositions", "relative", "joining")
        return before.text == "," and plain_word and mention.kind is not Kind.PLACE

    def _before_pause(self, at: int) -> Mention | None:
        """The subject before a bracketing comma: 'Bell, who runs the port, said', 'Bell, 43, said'."""
        directly = self.ending(at) is not None
        for k in range(at - 1, -1, -1):
            token = self._tokens[k]
            if token.text in _HARD or token.quotation is not None:
                break
            if token.text in PAUSES:
                mention = self.ending(k) or self.ending(k + 1)
                person = mention is not None and mention.kind is Kind.PERSON and not self._governed(mention.first)
                if directly and not person and not self._tokens[k + 1].is_in("relative"):
                    break  # 'the meeting, held in Hull': the verb has no subject of its own
                if mention is not None and mention.kind is not Kind.PLACE:
                    return mention
        return None

    def _agent(self, verb: int) -> Mention | None:
        """Who did it, after a passive verb: 'was described by Bell as'."""
        by = next((at for at in (verb + 1, verb + 2) if self._token(at).plain in ("by", "von", "par")), None)
        return self.starting(by + 1) if by is not None else None

    def _head(self, mention: Mention) -> Mention:
        """The mention that governs one inside a prepositional phrase: 'Bell' in 'Bell of Lantern Securities'; two joined by 'and' as one."""
        before = self._token(mention.first - 1)
        other = self.ending(mention.first - 1) if mention.first > 1 else None
        if other is None:
            return mention
        if before.is_in("prepositions") and other.kind is not Kind.PRONOUN:
            return self._head(other)
        heads = not self._token(other.first - 1).is_word
        both = before.plain in _AND and other.named and mention.named and heads
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

    def _adverb(self, at: int) -> bool:
        token = self._token(at)
        ending = (token.plain.endswith("ly") and len(token.plain) > 4) or token.plain.endswith("n't")
        return token.is_word and not token.capital and ending

    def _governed(self, at: int) -> bool:
        return self._token(at - 1).is_in("prepositions")


def _both(one: Mention, other: Mention) -> Mention:
    return Mention(Kind.DESCRIBED, one.first, other.last, f"{one.text} and {other.text}", plural=True)
