"""The subject of a verb of speaking, found without a parser: the mention that stands where a subject stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.quotes.finding.mentions import Kind, Mention
from briefing.quotes.finding.sentences import Sentence
from briefing.quotes.finding.words import Words

_HARD = frozenset({";", ":"})
_PAUSES = frozenset({",", "—", "–", "-"})
_FAR = 6
_AND = ("and", "und", "et", "и")
_ONE = frozenset({"one", "another"})
_COUNTED = _ONE | {"two", "three", "some", "others", "many", "several", "both"}
"""Words that can be a subject by themselves: 'One wrote that …'."""
_INDEFINITE = frozenset({"a", "an", "one", "another", "ein", "eine", "un", "une"})


@dataclass(frozen=True, slots=True)
class Subject:
    """A verb's subject; `mention` is None for a passive that names nobody ('was told to')."""

    mention: Mention | None
    shared: bool = False
    """Whether the verb has it from another verb ('… and said', 'adding')."""
    doubt: str = ""
    """Why the subject may not have spoken the words after all."""
    opening: int = 0
    """For a subject after its verb: the token at which the attribution begins."""


class Subjects:
    """Finds subjects in one sentence."""

    def __init__(self, sentence: Sentence, mentions: Sequence[Mention], words: Words) -> None:
        self._sentence = sentence
        self._tokens = sentence.tokens
        self._mentions = mentions
        self._words = words

    def ending(self, at: int) -> Mention | None:
        """The mention that ends right before token `at`."""
        return next((mention for mention in self._mentions if mention.last == at), None)

    def starting(self, at: int) -> Mention | None:
        """The mention that begins at token `at`, or the noun phrase there whose noun is not in the word lists."""
        mention = next((mention for mention in self._mentions if mention.first == at), None)
        if mention is not None or at >= len(self._tokens) or not self._words.has("determiners", self._tokens[at].text):
            return mention
        if at + 2 < len(self._tokens) and self._tokens[at + 1].plain == "of":
            whole = self.starting(at + 2)
            return self._described(at, whole.last) if whole is not None else None
        end = at + 1
        while end < len(self._tokens) and end - at < _FAR and self._tokens[end].is_word and not self._breaks(end):
            end += 1
        if end < len(self._tokens) and self._tokens[end].text == ",":
            named = next((m for m in self._mentions if m.first == end + 1 and m.named), None)
            if named is not None and (named.last == len(self._tokens) or not self._tokens[named.last].is_word):
                return named  # 'said its treasurer, Anna Bell.'
        return self._described(at, end) if end > at + 1 else None

    def main(self, before: int) -> Mention | None:
        """The first mention before token `before` that no preposition governs."""
        for mention in self._mentions:
            if mention.first >= before:
                return None
            if mention.kind is not Kind.PLACE and not self._governed(mention):
                return mention
        return None

    def possessive(self, at: int) -> Mention | None:
        """'his', 'her', 'its', 'their' as a pronoun."""
        pronoun = self._words.owner(self._tokens[at].text)
        if not pronoun:
            return None
        return Mention(
            Kind.PRONOUN, at, at + 1, self._tokens[at].text, pronoun=pronoun, definite=True, plural=pronoun == "they"
        )

    def after(self, verb: int, end: int) -> Subject | None:
        """The subject that follows its verb, as it may after a quotation: '“…,” said Bell'."""
        before = verb - 1
        while before >= 0 and self._words.has("skipped", self._tokens[before].text):
            before -= 1
        opening = before + 1
        while before >= 0 and self._tokens[before].text in _PAUSES:
            before -= 1
        if before >= 0 and self._tokens[before].quotation is None:
            return None
        at = end
        while at < len(self._tokens) and self._adverb(at):
            at += 1
        if at < len(self._tokens) and self._words.has("relative", self._tokens[at].text):
            return None
        subject = self.starting(at)
        if subject is not None:
            return Subject(self._with_second(subject), opening=opening)
        for ahead in range(at, min(at + 5, len(self._tokens))):
            if not self._tokens[ahead].is_word or self._words.has("prepositions", self._tokens[ahead].text):
                return None
            named = next((mention for mention in self._mentions if mention.first == ahead and mention.named), None)
            if named is not None:
                return Subject(named, opening=opening)
        return None

    def _with_second(self, first: Mention) -> Mention:
        """'Said Anna Bell and Tom Reed.': both, where nothing but the end of the clause follows."""
        second = next((m for m in self._mentions if m.first == first.last + 1 and m.named), None)
        joined = first.named and first.last < len(self._tokens) and self._tokens[first.last].plain in _AND
        if second is None or not joined or (second.last < len(self._tokens) and self._tokens[second.last].is_word):
            return first
        return Mention(Kind.DESCRIBED, first.first, second.last, f"{first.text} and {second.text}", plural=True)

    def before(self, verb: int, *, doubtful: bool, shared: Mention | None) -> Subject | None:
        """The subject that stands before its verb; `shared` is that of the verb before, `doubtful` says that the verb may be a noun."""
        at = verb - 1
        passive = joined = False
        while at >= 0 and (self._words.any_of(("skipped", "being"), self._tokens[at].text) or self._adverb(at)):
            joined = joined or self._words.has("joining", self._tokens[at].text)
            passive = passive or self._words.has("being", self._tokens[at].text)
            if self._tokens[at].plain == "to" and self.ending(at) is None and not passive:
                return None
            at -= 1
        continuing = self._tokens[verb].plain.endswith("ing")
        if passive and not continuing:
            return Subject(self._agent(verb))
        if at < 0:
            return None
        if doubtful:
            mention = self.ending(at + 1)
            return self._checked(mention, verb) if mention is not None and self._agrees(mention, verb) else None
        if joined and self._tokens[at].text in _PAUSES:
            return self._joined(verb, shared)
        return self._at(at, verb, continuing=continuing, shared=shared)

    def _checked(self, subject: Mention, verb: int) -> Subject:
        """The subject with what speaks against its having said the words."""
        head = self._head(subject)
        beside = [self._tokens[k].plain for k in range(head.last, verb)]
        ahead = self._tokens[head.first - 1].plain if head.first else ""
        if any(self._words.has("unreal", word) or word.endswith("n't") for word in (ahead, *beside)):
            return Subject(head, doubt="the sentence does not say that they did say it")
        if self._words.has("denying", self._tokens[verb].text):
            return Subject(head, doubt="the words may be those that were denied")
        if ahead in ("or", "nor"):
            return Subject(head, doubt="another is named beside them")
        outer = self._outer(head)
        return Subject(head) if outer is None else Subject(outer, doubt="the subject of the sentence is not clear")

    def _outer(self, mention: Mention) -> Mention | None:
        """'A woman who knew Bell said': the one before 'who', where the mention is the object of the clause between."""
        for at in range(mention.first - 2, 0, -1):
            if not self._tokens[at].is_word:
                return None
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
        if self._words.has("relative", token.text):
            relative = at if at == 0 or self._tokens[at - 1].text != "," else at - 1
            antecedent = self.ending(relative) or self.ending(at)
            return self._checked(antecedent, verb) if antecedent is not None else self._joined(verb, shared)
        if continuing or self._words.any_of(("joining", "prepositions"), token.text) or token.quotation is not None:
            return self._joined(verb, shared)
        if token.text in _PAUSES:
            found = self._before_pause(at)
            return self._checked(found, verb) if found is not None else None
        phrase = self.noun_phrase(at)
        return self._checked(phrase, verb) if phrase is not None else None

    def _joined(self, verb: int, shared: Mention | None) -> Subject | None:
        """The subject that a verb shares with one before it: that of the main clause where one has begun since."""
        start = shared.last if shared is not None else 0
        begun = [m for m in self._mentions if start <= m.first < verb and m.last < verb and self._begins_clause(m)]
        subject = begun[-1] if begun else shared or self.main(verb)
        return Subject(subject, shared=True) if subject is not None else None

    def _begins_clause(self, mention: Mention) -> bool:
        """'Asked about it, Bell smiled and said': a comma before the mention and a verb, so a plain word, after it."""
        before, after = self._tokens[mention.first - 1], self._tokens[mention.last]
        plain_word = after.is_word and not self._words.any_of(("prepositions", "relative", "joining"), after.text)
        return mention.first > 0 and before.text == "," and plain_word and mention.kind is not Kind.PLACE

    def _before_pause(self, at: int) -> Mention | None:
        """The subject before a bracketing comma: 'Bell, who runs the port, said', 'Bell, 43, said'."""
        directly = self.ending(at) is not None
        for k in range(at - 1, -1, -1):
            token = self._tokens[k]
            if token.text in _HARD or token.quotation is not None:
                break
            if token.text in _PAUSES:
                mention = self.ending(k) or self.ending(k + 1)
                person = mention is not None and mention.kind is Kind.PERSON and not self._governed(mention)
                if directly and not person and not self._words.has("relative", self._tokens[k + 1].text):
                    return None  # 'the meeting, held in Hull': the verb has no subject of its own
                if mention is not None and mention.kind is not Kind.PLACE:
                    return mention
        return None

    def _agent(self, verb: int) -> Mention | None:
        """Who did it, after a passive verb: 'was described by Bell as'."""
        for at in range(verb + 1, min(verb + 3, len(self._tokens))):
            if self._tokens[at].plain in ("by", "von", "par"):
                return self.starting(at + 1)
        return None

    def _head(self, mention: Mention) -> Mention:
        """The mention that governs one inside a prepositional phrase: 'Bell' in 'Bell of Lantern Securities'; two joined by 'and' as one."""
        before = mention.first - 1
        if before > 0 and self._words.has("prepositions", self._tokens[before].text):
            governing = self.ending(before)
            if governing is not None and governing.kind is not Kind.PRONOUN:
                return self._head(governing)
        if before > 0 and self._tokens[before].plain in _AND:
            other = self.ending(before)
            if (
                other is not None
                and other.named
                and mention.named
                and (other.first == 0 or not self._tokens[other.first - 1].is_word)
            ):
                return Mention(
                    Kind.DESCRIBED, other.first, mention.last, f"{other.text} and {mention.text}", plural=True
                )
        return mention

    def _agrees(self, mention: Mention, verb: int) -> bool:
        """Whether a word that may be a noun can be this mention's verb: 'Bell notes', 'officials note', not 'the council notes' plural."""
        if self._sentence.tokens[mention.last - 1].text in ("'", "’"):
            return False
        form = self._tokens[verb].plain
        plural = mention.plural or mention.pronoun in ("they", "writer")
        return (form.endswith("s") and not form.endswith("ss")) != plural or form in (
            "put",
            "read",
            "thought",
            "hold",
            "held",
        )

    def noun_phrase(self, last: int) -> Mention | None:
        """The noun phrase that ends at token `last` and whose noun is not in the word lists: 'a man in the gallery', 'islanders'."""
        tokens = self._tokens
        if not tokens[last].is_word:
            return None
        at = last
        start = None
        while at >= 0 and last - at <= _FAR and tokens[at].is_word:
            if self._words.has("determiners", tokens[at].text):
                start = None if self._words.has("prepositions", tokens[at].text) else at
                if at == 0 or not self._words.has("prepositions", tokens[at - 1].text):
                    break
                at -= 1
            elif self._words.any_of(("joining", "relative", "speaking"), tokens[at].text) and at != last:
                break
            at -= 1
        if start is not None and start < last:
            governed = start > 0 and self._words.has("prepositions", tokens[start - 1].text)
            return None if governed else self._described(start, last + 1)
        if tokens[last].plain in _COUNTED:
            return Mention(
                Kind.DESCRIBED, last, last + 1, tokens[last].text.lower(), plural=tokens[last].plain not in _ONE
            )
        stands_alone = (
            last == 0
            or not tokens[last - 1].is_word
            or self._words.any_of(("joining", "relative"), tokens[last - 1].text)
        )
        if (
            stands_alone
            and tokens[last].plain.endswith(("s", "men", "women", "people"))
            and (last == 0 or not tokens[last].capital)
        ):
            return Mention(Kind.DESCRIBED, last, last + 1, tokens[last].text, plural=True)
        return None

    def _described(self, first: int, last: int) -> Mention:
        definite = self._tokens[first].plain not in _INDEFINITE
        if definite and all(token.capital for token in self._tokens[first + 1 : last]):
            return Mention(Kind.NAME, first, last, self._sentence.text(first + 1, last), named=True, definite=True)
        return Mention(Kind.DESCRIBED, first, last, self._sentence.text(first, last), definite=definite)

    def _breaks(self, at: int) -> bool:
        return self._words.any_of(
            ("prepositions", "relative", "joining", "speaking", "being", "skipped"), self._tokens[at].text
        )

    def _adverb(self, at: int) -> bool:
        word = self._tokens[at].plain
        return (
            self._tokens[at].is_word
            and not self._tokens[at].capital
            and ((word.endswith("ly") and len(word) > 4) or word.endswith("n't"))
        )

    def _governed(self, mention: Mention) -> bool:
        return mention.first > 0 and self._words.has("prepositions", self._tokens[mention.first - 1].text)
