"""Plain text, e-mail and subtitles: paragraphs by blank lines and line ends, and what in them is layout and no words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from briefing.quotes.saved_text import (
    Block,
    SavedText,
    SavedTextError,
    SavedTextFault,
    decoded,
    from_blocks,
    from_spans,
)
from briefing.quotes.text_layout import CLOCK, paragraph_spans, without_layout

if TYPE_CHECKING:
    from email.message import EmailMessage

_REPLY = re.compile(r"[ \t]*((?:>[ \t]?)+)(.*)", re.DOTALL)
# A line behind `>` is another's; a sign before a number may say that it is greater.
_REPLIES = re.compile(r"^[ \t]*>[ \t>]*(?!\d)\S", re.MULTILINE)
_WROTE = re.compile(r":[ \t]*\n\s*>", re.MULTILINE)


def blocks_of_text(text: str) -> Iterator[Block]:
    """The paragraphs of a plain text that has layout in it, each with how deep it stands behind `>`."""
    replies = _has_replies(text)
    rows: list[tuple[int, str]] = []
    for line in text.split("\n"):
        reply = _REPLY.fullmatch(line) if replies else None
        rows.append((reply[1].count(">"), reply[2]) if reply else (0, line))
    for depth, part in groupby(rows, key=lambda row: row[0]):
        words = without_layout("\n".join(line for _, line in part))
        yield from (Block(words[start:end], depth=depth) for start, end in paragraph_spans(words))


def _has_replies(text: str) -> bool:
    return len(_REPLIES.findall(text)) > 1 or (_REPLIES.search(text) is not None and _WROTE.search(text) is not None)


def read_plain(data: bytes, sha256: str) -> SavedText:
    """Plain text, kept as it is but for time stamps, page marks and the `>` of e-mails.

    A blank line or a form feed ends a paragraph; so does every line end where lines are not wrapped by hand. That is
    so where a line is longer than 200 characters, and, without any blank line, where most lines end a sentence or are
    longer than 100.
    """
    text = decoded(data)
    if _has_replies(text) or without_layout(text) != text:
        return from_blocks(blocks_of_text(text), sha256)
    return from_spans(text, paragraph_spans(text), sha256)


LONGEST_HEADER: Final = 10_000
"""Characters of a header of an e-mail: some 300 addresses."""
_HEADER_NAMES: Final = ("From", "To", "Cc", "Date", "Subject")
_PAGE_LOCATION: Final = "Snapshot-Content-Location"


def read_email(data: bytes) -> Iterator[Block]:
    """An e-mail (RFC 5322) with the messages in it, or the page of a web archive (MHTML). Raises `SavedTextError`."""
    import email  # few sources are e-mails
    from email import policy

    try:
        message = email.message_from_bytes(data, policy=policy.default.clone(header_factory=_header))
        yield from _message(message)
    except (LookupError, ValueError, TypeError, AttributeError, KeyError) as error:
        fault = f"the e-mail cannot be read ({error})"
        raise SavedTextError(SavedTextFault.BROKEN, fault, "save its words as text") from None


def _header(name: str, value: str) -> Any:
    """A header that is looked at, as the library takes it apart; the time for that grows with the square of its length."""
    from email import policy

    if len(value) > LONGEST_HEADER:
        what = f"its header '{name}' has {len(value):,} characters, more than {LONGEST_HEADER:,}"
        raise SavedTextError(SavedTextFault.TOO_LARGE, what, "save its words as text")
    return policy.default.header_factory(name, value)


def _message(message: EmailMessage) -> Iterator[Block]:
    from email.message import EmailMessage

    from briefing.quotes.read_html import blocks_of_html, read_html

    is_page = _PAGE_LOCATION in message or message.get_content_type() == "multipart/related"
    body = message.get_body(("related", "html", "plain") if is_page else ("plain", "html"))
    if is_page and body is not None and body.is_multipart():
        body = next((part for part in body.walk() if part.get_content_type() == "text/html"), body)
    if not is_page:
        heads = (f"{name}: {' '.join(str(message[name]).split())}" for name in _HEADER_NAMES if message[name])
        yield Block("\n".join(heads))
    if body is not None and not body.is_multipart():
        content = body.get_payload(decode=True)
        charset = body.get_content_charset() or "utf-8"
        if not isinstance(content, bytes):
            return
        if body.get_content_type() == "text/html":
            known = "charset" in str(body.get("Content-Type", ""))
            yield from blocks_of_html(decoded(content, charset).encode(), "utf-8") if known else read_html(content)
        else:
            yield from blocks_of_text(decoded(content, charset))
    for part in message.iter_attachments():
        if part.get_content_type() == "message/rfc822":
            inner = part.get_content()
            if isinstance(inner, EmailMessage):
                yield from _message(inner)


_TIMING = re.compile(rf"^[ \t]*(?:\d+:)?{CLOCK}[ \t]*-->[ \t]*(?:\d+:)?{CLOCK}.*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^ <>\t]*)?[ \t]([^<>]*)>")
_TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_NEXT_SPEAKER = re.compile(r"(?:>>+|-)[ \t]*(?=\S)")
_RUN: Final = 400
"""Characters after which the words of cues without voices make a paragraph, where a sentence ends."""


def is_subtitles(text: str, suffix: str) -> bool:
    """Whether a text is WebVTT or SubRip, by its head or its name and the times of its cues."""
    head = text.lstrip("\ufeff \n")
    named = suffix in (".vtt", ".srt") or head.startswith("WEBVTT") or re.match(r"\d+[ \t]*\n", head) is not None
    return named and _TIMING.search(text) is not None


def blocks_of_subtitles(text: str) -> Iterator[Block]:
    """The words of subtitles, the cues of one speaker as one paragraph; numbers, times and notes are left out."""
    speeches: list[tuple[str, list[str]]] = []
    said = 0  # characters of the last of them
    for cue in re.split(r"\n[ \t]*\n", text):
        timing = _TIMING.search(cue)
        if timing is None:
            continue
        words = cue[timing.end() :].strip("\n")
        parts = _VOICE.split(words)
        for voice, part in zip(["", *parts[1::2]], parts[::2], strict=True):
            for line in part.split("\n"):
                content = html.unescape(_TAG.sub("", line)).strip()
                starts = _NEXT_SPEAKER.match(content)
                plain = content[starts.end() :] if starts else content
                opens = starts is not None or re.match(r"[^\s:][^:.!?]{0,40}:(?:\s|$)", plain) is not None
                if not plain:
                    continue
                goes_on = speeches and speeches[-1][0] == voice.strip() and not opens
                if goes_on and (said < _RUN or speeches[-1][1][-1][-1] not in ".!?"):
                    speeches[-1][1].append(plain)
                    said += 1 + len(plain)
                else:
                    speeches.append((voice.strip(), [plain]))
                    said = len(plain)
    yield from (Block(" ".join(lines), voice=voice) for voice, lines in speeches)
