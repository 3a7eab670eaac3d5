"""Who speaks where a text says so by the way it is set: a label before or over the words, a name below them, the head of an e-mail."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from briefing.quotes.finding.words import LANGUAGES, is_unicase, words_for
from briefing.quotes.saved_text import TextParagraph

QUESTION: Final = "Q"
"""Stands for whoever asks in an interview whose questions are marked as such."""
_ASKING: Final = (
    "q question questions frage fragen pregunta p interviewer interviewerin reporter journalist journaliste journalistin periodista moderator "
    "moderatorin host вопрос سؤال שאלה"
)
_ANSWERING: Final = "a answer antwort réponse respuesta r ответ جواب תשובה"
_WROTE: Final = r"(?:wrote|writes|schrieb|a écrit|написал[а]?|escribió|ha scritto)"
# A label and its colon; Chinese and Japanese set a wide one without a space behind it.
# 'Q1 Nora Tamm:' is a numbered question, as committees print their evidence.
_COLON = re.compile(
    r"[-–—•*~\s]*(?:Q\.?\d+\.?\s+)?[*_]{,2}(?P<name>[^\n:：!?“”«»„\"]{1,100}?)\s*(?::[*_]{,2}(?=\s|$|[“«„\"])|：)\s*"
)
# 'Mr. BERG. I rise …', as records of parliaments set it, and 'M. Olaf Berg. – Merci'.
_CAPITALS = re.compile(
    r"(?P<name>(?:The\s+)?(?:[A-Z][a-z]{0,8}\.?\s+)?[^\W\d_a-zß-ÿ][^\W\d_a-zß-ÿ'’-]+(?:[ -][^\W\d_a-zß-ÿ][^\W\d_a-zß-ÿ'’-]+){0,3})"
    r"(?:\s+of\s+[A-Z]\w+(?:\s[A-Z]\w+)?)?(?:\s*\([^()\n]{1,60}\))?\.\s+(?=[^\W\d_]|[“\"(])"
)
# '[Tamm] We will pay', as minutes set it, and 'Mme Nora Tamm, rapporteure. Nous paierons'.
_BRACKETED = re.compile(r"\[(?P<name>[^\[\]\n\d:]{2,60})\]:?\s+(?=\S)")
_TITLED = re.compile(
    r"(?P<name>(?:M|MM|Mme|Mlle|Mr|Mrs|Ms|Sr|Sra|Herr|Frau)\.?\s+[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]+){0,3}(?:,\s[^.,:\n]{3,80})?)\.\s+(?=[^\W\d_a-z]|[«“])"
)
# 'Beifall – Olaf Berg [CDU/CSU]: Hört, hört!', between round brackets, as records of the Bundestag set what is called in.
_CALLED_IN = re.compile(
    r"(?:(?<=\()|[–—]\s)(?P<name>[^()\[\]\n:–—]{3,60}?)\s\[[^\[\]\n]{1,40}\]:\s(?P<words>(?:(?!\s[–—]\s)[^()\n])+)"
)
_DASH = re.compile(r"(?P<name>[^\n:!?“”«»„\"]{3,80}?)\.?\s+[–—]\s+(?=\S)")
_HEADER = re.compile(
    r"(From|Von|De|Da|Van|От|Sent|Gesendet|Envoyé|Enviado|Inviato|Verzonden|Отправлено|Date|Datum|Fecha|Data|To|An|À|Para|Aan|A|Кому|Cc|Kopie|"
    r"Subject|Betreff|Objet|Asunto|Oggetto|Onderwerp|Тема|Reply-To)\s*:\s*(.*)"
)
_SENDERS: Final = ("From", "Von", "De", "Da", "Van", "От")
_REPLY = re.compile(
    rf"(?:^|\n)(?:[^\n]*?[,;]\s*|(?:On|Am|Le|El|Il|Op)\b[^\n]*?\d[\w:.,]*\s+)?(?P<name>[^\n,;<>:]+?)\s*\(?(?:<[^<>\n]*>)?\)?\s*,?\s*\n?\s*{_WROTE}\s*:?\s*$"
)
_REPLY_GERMAN = re.compile(rf"{_WROTE}\s+(?P<name>[^\n<>:]+?)\s*(?:<[^<>\n]*>)?\s*:?\s*$")
_DATED = re.compile(r"\s*[-–—,(]\s*\(?\d[\d./]*(?:\s?\w+\s?\d{2,4})?\)?\s*$")
_ROLE = re.compile(r"\s*(?:[,(\[/]|\s[-–—]\s)\s*")
# 'The Minister for Rivers (Nora Tamm)' and 'Olaf Berg (Veska) (Lab)', as Hansard sets them.
_OFFICE = re.compile(r"(?:The|Der|Die|Le|La)\s[^()\n:]{3,80}?\s\((?P<name>[^()\n]{3,60})\)")
_SEAT = re.compile(r"(?P<name>[^()\n:]{3,60}?)\s\([^()\n]{2,40}\)\s\([^()\n]{2,20}\)")
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[-'’.])*")
_FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|ich|wir|unser\w*|mein\w*|je|nous|notre|nos)\b", re.IGNORECASE)
_LONGEST_NAME: Final = 5
_LONGEST_UNICASE: Final = 30
_LONGEST_LINE: Final = 160


_RUNNING: Final = (
    ("colon", _COLON),
    ("capitals", _CAPITALS),
    ("dash", _DASH),
    ("bracket", _BRACKETED),
    ("titled", _TITLED),
)
_BEFORE_WORDS: Final = frozenset(["lead", "question", *(group for group, _ in _RUNNING)])
"""The groups of labels that stand in the paragraph of the words which they give to somebody."""


class Label(NamedTuple):
    """Words that give what follows them, from `body` to `end` at most, to somebody.

    `name` is empty for one who is not named ('The Chair'), and where a turn ends. `firm` says that the text by itself
    shows that it is the label of a speaker; another is one only beside a label with the name that is looked for.
    """

    start: int
    body: int
    end: int
    name: str
    group: str
    firm: bool = False


class Speaker(NamedTuple):
    """A name read from a label, empty where it only describes; `titled` says that a title or an office stands beside it."""

    name: str
    titled: bool


class Turns:
    """The labels of a text, and whose turn any place in it is."""

    def __init__(self, paragraphs: Sequence[TextParagraph]) -> None:
        self._paragraphs = paragraphs
        text = "\n".join(paragraph.text for paragraph in paragraphs)
        self._small = {word for word in re.findall(r"[^\W\d_]+", text) if word.islower()}
        found = sorted(_labels(paragraphs))
        self._names = {group: Counter[str]() for group in {label.group for label in found}}
        for label in found:
            self._names[label.group][label.name] += 1
        self._starts = [paragraph.start for paragraph in paragraphs]
        self._ends = [paragraph.end for paragraph in paragraphs]
        self._labels = [self._weighed(label) for label in found]

    def at(self, offset: int, is_wanted: Callable[[str], bool]) -> Label | None:
        """Whose words stand at `offset`, where a label says so; `is_wanted` tells names of the one who is looked for."""
        groups = {label.group for label in self._labels if label.name and is_wanted(label.name)}
        if len({label.name for label in self._labels if label.group == "alone"}) < 2:
            groups.discard("alone")
        for label in reversed(self._labels):
            if label.body <= offset < label.end and (label.firm or label.group in groups):
                return label
        return None

    def has_own(self, group: str, is_wanted: Callable[[str], bool]) -> bool:
        """Whether one who is looked for has a label of the kind `group`."""
        return any(label.group == group and label.name and is_wanted(label.name) for label in self._labels)

    def between(self, start: int, end: int, is_wanted: Callable[[str], bool]) -> Label | None:
        """The first label of another between two places, after which somebody else speaks."""
        for label in self._labels:
            other = label.name and label.group != "called in" and not is_wanted(label.name)
            if start <= label.start and label.body < end and other:
                return self.at(label.body, is_wanted)
        return None

    def _weighed(self, label: Label) -> Label:
        names = self._names[label.group]
        firm, end = label.firm, label.end
        running = label.group in _BEFORE_WORDS
        spelled = not any(len(word) > 2 and word.casefold() in self._small for word in label.name.split())
        if running and (names.total() < 2 or label.group == "dash"):
            end = min(end, self._paragraph_end(label.body))
        if label.group == "bracket" and len(names) > 1:
            firm = firm or (spelled and names[label.name] > 1)
        elif label.group == "titled":
            firm = firm and len(names) > 1
        if label.group in ("colon", "capitals", "lead"):
            several = len(names) > 1 and (
                len(label.name.split()) > 1 or names[label.name] > 1 or label.group != "colon"
            )
            firm = firm or (spelled and several) or (names[label.name] > 1 and spelled)
        elif label.group == "heading":
            place = bisect_left(self._starts, label.body)
            body = self._paragraphs[place].text if place < len(self._paragraphs) else ""
            firm = firm or (
                spelled and len(label.name.split()) > 1 and len(names) > 1 and bool(_FIRST_PERSON.search(body))
            )
        elif label.group in ("below", "question"):
            firm = firm or (spelled and len(names) > 1)
        return label._replace(firm=firm, end=end)

    def _paragraph_end(self, offset: int) -> int:
        place = bisect_right(self._ends, offset)
        return self._ends[place] if place < len(self._ends) else offset


def _labels(paragraphs: Sequence[TextParagraph]) -> Iterator[Label]:
    end = paragraphs[-1].end + 1 if paragraphs else 0
    writers: dict[int, Label] = {}
    depth = 0
    for at, paragraph in enumerate(paragraphs):
        if paragraph.depth != depth and not writers:
            depth = paragraph.depth
        if paragraph.depth != depth:
            writer = writers.get(paragraph.depth, Label(0, 0, end, "", "mail", firm=True))
            yield writer._replace(start=paragraph.start, body=paragraph.start, end=end)
            depth = paragraph.depth
        written = _written(paragraph, end)
        if written is not None:
            level, label = written
            writers = {other: one for other, one in writers.items() if other < level}
            writers[level] = label
            if level == depth:
                yield label
        elif paragraph.voice:
            speaker = speaker_named(paragraph.voice)
            name = speaker.name if speaker else ""
            yield Label(paragraph.start, paragraph.start, paragraph.end, name, "voice", firm=bool(name))
        elif paragraph.heading:
            speaker = speaker_named(paragraph.text.rstrip(" :："))
            group = "question" if _is_question(paragraph.text) else "heading"
            name = QUESTION if group == "question" else speaker.name if speaker else ""
            firm = not name or bool(speaker and speaker.titled)
            yield Label(paragraph.start, paragraph.end, end, name, group, firm)
        else:
            yield from _in_paragraph(paragraph, paragraphs[at - 1] if at else None, end)


def _written(paragraph: TextParagraph, end: int) -> tuple[int, Label] | None:
    """Who wrote what follows the head of an e-mail, or 'On 3 March X wrote:', and how deep that stands."""
    heads = [match for line in paragraph.text.split("\n") if (match := _HEADER.match(line.strip(" *"))) is not None]
    sender = next((match[2] for match in heads if match[1] in _SENDERS), None)
    if sender is not None and len(heads) > 1:
        display_name = sender.split("<")[0].strip(' "')
        family, comma, given = display_name.partition(",")
        speaker = speaker_named(f"{given.strip()} {family}" if comma else display_name)
        name = speaker.name if speaker and "@" not in display_name and not _is_body(speaker.name) else ""
        return paragraph.depth, Label(paragraph.start, paragraph.end, end, name, "mail", firm=True)
    is_long = len(paragraph.text) > 2 * _LONGEST_LINE
    reply = None if is_long else _REPLY.search(paragraph.text) or _REPLY_GERMAN.search(paragraph.text)
    if reply is None:
        return None
    speaker = speaker_named(reply["name"])
    name = speaker.name if speaker else ""
    return paragraph.depth + 1, Label(paragraph.start, paragraph.end, end, name, "mail", firm=True)


def _in_paragraph(paragraph: TextParagraph, before: TextParagraph | None, end: int) -> Iterator[Label]:
    """The labels of a paragraph: its bold beginning, a name before the words of a line, a name alone in the first or last line."""
    if paragraph.lead:
        words = paragraph.text[: paragraph.lead].rstrip(" .:：")
        yield from _label(words, paragraph.start, paragraph.start + paragraph.lead, end, "lead")
    lines, start = paragraph.text.split("\n"), paragraph.start
    for number, line in enumerate(lines):
        for group, pattern in _RUNNING:
            match = pattern.match(line)
            found = list(_label(match["name"], start, start + match.end(), end, group)) if match else []
            if found:
                yield from found
                break
        else:
            if line.lstrip().startswith("("):
                yield from _called_in(line, start)
            if number in (0, len(lines) - 1) and len(line) <= _LONGEST_LINE:
                yield from _alone(paragraph, before, number, line, start, end)
        start += len(line) + 1


def _called_in(line: str, start: int) -> Iterator[Label]:
    """What others call in while somebody speaks, who goes on behind it."""
    for match in _CALLED_IN.finditer(line):
        speaker = speaker_named(match["name"])
        if speaker is not None and speaker.name:
            yield Label(
                start + match.start(),
                start + match.start("words"),
                start + match.end(),
                speaker.name,
                "called in",
                firm=True,
            )


def _alone(
    paragraph: TextParagraph, before: TextParagraph | None, number: int, line: str, start: int, end: int
) -> Iterator[Label]:
    """A name alone on a line: over the words where they follow in its paragraph, else below those before it."""
    signed = re.match(r"\s*[-–—―]+\s*", line) is not None
    speaker = speaker_named(line)
    if speaker is None or not speaker.name or line.rstrip()[-1:] in ".!?,;”":
        return
    firm = speaker.titled or signed
    if number:
        yield Label(paragraph.start, paragraph.start, start, speaker.name, "below", firm)
    elif "\n" in paragraph.text:
        yield Label(start, start + len(line), end, speaker.name, "heading", speaker.titled)
    elif before is not None and not before.heading and (signed or before.quoted or before.text[-1:] in '”»"'):
        yield Label(before.start, before.start, before.end, speaker.name, "below", firm)
    elif paragraph.end + 1 < end and not _is_body(speaker.name):
        yield Label(start, start + len(line), end, speaker.name, "alone")


def _label(words: str, start: int, body: int, end: int, group: str) -> Iterator[Label]:
    if _is_question(words):
        yield Label(start, body, end, QUESTION, "question", firm=len(words.strip(" .:：*")) > 1)
    elif words.strip().casefold() in _ANSWERING.split():
        yield Label(start, body, end, "", "question", firm=True)
    else:
        speaker = speaker_named(words)
        if speaker is not None and (group != "dash" or speaker.titled):
            yield Label(start, body, end, speaker.name, group, speaker.titled or not speaker.name)


def _is_question(words: str) -> bool:
    return words.strip(" .:：*").rstrip("0123456789 ").casefold() in _ASKING.split()


@lru_cache(maxsize=1 << 12)
def speaker_named(words: str) -> Speaker | None:
    """The speaker whom `words` name and nothing else, as a label does; None where they may say something else."""
    words = _DATED.sub("", words.strip(" \t\n*_-–—―•[]"))
    for pattern in (_OFFICE, _SEAT):
        found = pattern.fullmatch(words)
        if found is not None and (named := speaker_named(found["name"])) is not None and named.name:
            return Speaker(named.name, True)
    name, *role = _ROLE.split(words, maxsplit=1)
    tokens = [token for token in name.split() if token != "."]
    if not tokens or any(_is_listed(token, "headings", "speaking") for token in tokens):
        return None
    if all(is_unicase(token) for token in tokens):
        return Speaker(name, False) if len(tokens) < _LONGEST_NAME and len(name) <= _LONGEST_UNICASE else None
    article = tokens[0].casefold() in ("the", "der", "die", "le", "la")
    kept = tokens[article:]
    while kept and _is_listed(kept[0].rstrip("."), "titles", "honorifics", "styles", "roles", "qualifiers"):
        kept = kept[1:]
    offices = re.findall(r"[^\W\d_]+", role[0]) if role else []
    office = any(_is_listed(one, "titles", "roles") for one in offices) or (len(offices) == 1 and offices[0].isupper())
    titled = bool(kept) and (len(kept) < len(tokens) - article or office)
    if not kept or (article and titled is False and not _is_body(name)):
        return Speaker("", False) if len(tokens) <= _LONGEST_NAME and (article or len(kept) < len(tokens)) else None
    if len(kept) > _LONGEST_NAME or not kept[-1][0].isupper() or kept[0][0].islower():
        return None
    if not all(_NAME_WORD.fullmatch(one) and (one[0].isupper() or _is_listed(one, "particles")) for one in kept):
        return None
    return Speaker(" ".join(kept), titled)


def _is_listed(word: str, *names: str) -> bool:
    return any(
        words_for(language).lists_of(word) & set(names)
        or ("roles" in names and "roles" in words_for(language).nouns(word))
        for language in LANGUAGES
    )


def _is_body(name: str) -> bool:
    return any("bodies" in words_for(language).nouns(word) for word in name.split() for language in LANGUAGES)
