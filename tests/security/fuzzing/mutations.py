"""Making unsound files of sound ones: of the values, trees and parts that they consist of, and of their bytes."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import random
import tomllib
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import pikepdf
from lxml import etree

from briefing.errors import BriefingError
from briefing.source import read
from tests.source.written import WRITERS

Mutation = Callable[[random.Random, bytes], bytes]

TEXTS: Final = (
    *("", " ", "null", "~", "no", "-1", "0", "1e999", "9" * 500, "NaN", "½", "−5", "1,000.5", "100 %", "12 ", "£5m"),
    *("2026-02-30", "2026", "0001-01", "9999-12-31", "2026-13", "10000-01-01", "14 March 2026", "2026-03-14T25:00"),
    *("../x", "/etc/passwd", "a\\b", "\\\\server\\share", "C:\\x", "%2e%2e/x", "https://x.example/y", "file:///etc"),
    *("[@gazette, p. 2]", "[@", "[@a; @b]", "[see @x]", "[](#x)", "[[x]]", "@x", "[^1]", "[x](javascript:1)"),
    *("[x](https://x.example)", "![x](y.png)", "<script>alert(1)</script>", "&amp;", "<b>", "</p>", "]]>", "<!--"),
    *("**", "*a*b**", "`", "_a_", "# x", "> x", "- x\n- y\n    - z", "1. x\n7. y", "| a | b |\n|---|---|\n| 1 | 2 |"),
    *(
        "***",
        "~~x~~",
        "\n\n\n",
        "a\n===",
        "    code",
        "\\",
        "\\*",
        "a  \nb",
        "“”",
        '"',
        "'",
        "‘x’ ‘",
        "«x»",
        "[…]",
        "...",
    ),
    *("\u202e", "\u200b", "\ud800", "\x00", "\x1b[2J", "\ue000", "\ufeff", "\u2028", "\x85", "\t", "\u00ad", "\u0301"),
    *("e" + "\u0301" * 50, "🏳️‍🌈", "ﷺ", "الس", "שלום", "١٢", "漢字", "a" * 3000, "word " * 300, "ß", "İ", "ǆ"),
    *("{{ x }}", "{% for a in b %}", "{{ 1|round(-9) }}", "{{ a.b[0] }}", "{# #}", "=1+1", "@SUM(A1)", "DDEAUTO c"),
    *(
        "#fff",
        "#12345g",
        "true",
        "[]",
        "{}",
        "[",
        "{",
        "a: b",
        "- a",
        "a #b",
        "!!python/object:os.system",
        "&a *a",
        "<<",
    ),
)
"""Texts that mean something to one of the readers."""
MARKUP: Final = (
    *(
        " ",
        "*",
        "**",
        "_",
        "[",
        "]",
        "(",
        ")",
        "\n",
        "\n\n",
        "\n- ",
        "\n1. ",
        "\n> ",
        "\\",
        "’",
        "“",
        "”",
        '"',
        "'",
        "–",
        "…",
        ".",
    ),
    *(
        " [@gazette]",
        " [@gazette, p. 2]",
        " **bold** ",
        " *words* ",
        " [a link](https://example.org/a_(b)) ",
        " 1,000 ",
        " 5 % ",
    ),
    *(
        "\u00a0",
        "é",
        "ſ",
        "Ω",
        "— ",
        "!",
        "?",
        ": ",
        "; ",
        "e.g. ",
        "Dr. ",
        "No. 5 ",
        "A.B.C. ",
        "1.5 m ",
        "TLP:RED ",
        "OFFICIAL ",
    ),
)
"""What authors write within texts."""
KEYS: Final = (
    "title",
    "date",
    "id",
    "text",
    "source",
    "sources",
    "x",
    "",
    "a.b",
    "a[0]",
    "0",
    "é",
    "inherits",
    "__class__",
)


@cache
def words(language: str) -> tuple[bytes, ...]:
    """What a language is made of."""
    found = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))[language]
    return tuple(word.encode("latin-1") for word in found)


def edited_text(*languages: str) -> Mutation:
    """Delete, repeat, exchange and insert pieces of a file, and words of its languages."""
    tokens = [word for language in languages for word in words(language)]

    def mutate(random: random.Random, data: bytes) -> bytes:
        for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
            size = len(data)
            start = random.randrange(size + 1)
            end = min(size, start + int(random.expovariate(1 / random.choice((1, 4, 40)))))
            piece = data[start:end]
            match random.randrange(7):
                case 0:
                    data = data[:start] + data[end:]
                case 1:
                    data = data[:start] + piece * random.choice((2, 3, 40)) + data[end:]
                case 2:
                    other = random.randrange(size + 1)
                    data = data[:other] + piece + data[other:]
                case 3:
                    data = data[:start] + random.choice(tokens) + data[end:]
                case 4:
                    data = data[:start] + random.choice(TEXTS).encode("utf-8", "surrogatepass") + data[start:]
                case 5 if size:
                    at = min(start, size - 1)
                    data = data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]
                case _:
                    lines = data.split(b"\n")
                    one, two = random.randrange(len(lines)), random.randrange(len(lines))
                    lines[one], lines[two] = lines[two], lines[one]
                    data = b"\n".join(lines)
        return data

    return mutate


def changed_value(random: random.Random, value: Any) -> Any:
    """The tree of dictionaries, lists and scalars with a few of its branches cut, grafted, bent or replaced."""
    value = copy.deepcopy(value)
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        places = list(_places(value))
        if not places:
            return value
        holder, key = random.choice(places)
        match random.randrange(16):
            case 0:
                del holder[key]
            case 1:
                other, there = random.choice(places)
                with contextlib.suppress(KeyError, IndexError):
                    holder[key] = copy.deepcopy(other[there])
            case 2:
                holder[key] = [holder[key]]
            case 3:
                holder[key] = {random.choice(KEYS): holder[key]}
            case 4 if isinstance(holder, dict):
                holder[random.choice(KEYS)] = holder.pop(key)
            case 5 if isinstance(holder[key], list):
                holder[key] = holder[key] * random.choice((0, 2, 5))
            case 7:
                holder[key] = random.choice((None, [], {}, 0, True, 2.5, ["a"], [[]], [{}], {"a": 1}))
            case 8 | 9:
                holder[key] = random.choice(TEXTS)
            case _ if isinstance(holder[key], str):
                text, put = holder[key], random.choice(random.choice((TEXTS, MARKUP)))
                at = random.choice((0, len(text), random.randrange(len(text) + 1)))
                holder[key] = text[:at] + put + text[at:]
    return value


def _places(value: Any) -> Any:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield value, key
        yield from _places(child)


MOST_SECTIONS: Final = 4
_KEPT: Final = (
    "title",
    "date",
    "language",
    "handling",
    "sources",
    "quotes",
    "form",
    "series",
    "parties",
    "prepared_by",
)


def changed_data_file(random: random.Random, data: bytes, suffix: str, scratch: Path) -> tuple[bytes, str]:
    """A data file with other values, written in one of the ways to write it; of a large one a few sections."""
    path = scratch / f"seed{suffix}"
    path.write_bytes(data)
    try:
        values: Any = read(path).values
    except BriefingError:
        values = {"title": "T", "date": "2026-03-14", "summary": "S"}
    others = [key for key in values if key not in _KEPT]
    if len(others) > MOST_SECTIONS:
        chosen = {*random.sample(others, MOST_SECTIONS), *_KEPT}
        values = {key: value for key, value in values.items() if key in chosen}
    values = changed_value(random, values)
    ending, write = WRITERS[random.choice(tuple(WRITERS))]
    try:
        return write(values).encode("utf-8", "surrogatepass"), ending
    except Exception:  # what the writer cannot write
        return json.dumps(values).encode(), ".json"


def changed_toml(random: random.Random, data: bytes) -> bytes:
    """A TOML file with other values."""
    try:
        values = changed_value(random, tomllib.loads(data.decode()))
    except ValueError:
        values = {}
    lines: list[str] = []
    _write_toml(values if isinstance(values, dict) else {"x": values}, "", lines)
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _write_toml(table: dict[str, Any], name: str, lines: list[str]) -> None:
    for key, value in table.items():
        if not isinstance(value, dict):
            lines.append(f"{_quoted(key)} = {_toml(value)}")
    for key, value in table.items():
        if isinstance(value, dict):
            inner = f"{name}.{_quoted(key)}".lstrip(".")
            lines.append(f"[{inner}]")
            _write_toml(value, inner, lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _toml(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case dict():
            return f"{{{', '.join(f'{_quoted(key)} = {_toml(each)}' for key, each in value.items())}}}"
        case None:
            return '""'
        case int() | float():
            return str(value)
        case _:
            return _quoted(str(value))


def changed_json(random: random.Random, data: bytes) -> bytes:
    """A JSON file with other values."""
    try:
        return json.dumps(changed_value(random, json.loads(data))).encode()
    except ValueError:
        return edited_text("json")(random, data)


def changed_xml(random: random.Random, data: bytes) -> bytes:
    """A part in XML with elements and attributes moved, repeated, renamed and taken out."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return edited_text("xml")(random, data)
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        elements = list(root.iter(etree.Element))
        one, two = random.choice(elements), random.choice(elements)
        holder = one.getparent()
        match random.randrange(8):
            case 0 if holder is not None:
                holder.remove(one)
            case 1:
                two.append(copy.deepcopy(one))
            case 2:
                one.tag = two.tag
            case 3 if one.attrib:
                one.set(random.choice(list(one.attrib)), random.choice(TEXTS).translate(_NO_XML))
            case 4 if one.attrib:
                del one.attrib[random.choice(list(one.attrib))]
            case 5:
                for key, held in two.attrib.items():
                    one.set(key, held)
            case 6:
                one.text = random.choice(TEXTS).translate(_NO_XML)
            case _ if holder is not None:
                holder.insert(random.randrange(len(holder) + 1), copy.deepcopy(one))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


_NO_XML: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(55296, 57344), 65534, 65535))


def changed_archive(random: random.Random, data: bytes) -> bytes:
    """An Office file with parts changed, lost, exchanged, or lying about themselves."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            parts = {name: source.read(name) for name in source.namelist()}
    except Exception:  # it has been changed before
        return edited_text("archive")(random, data)
    for _ in range(random.choice((1, 1, 2))):
        name = random.choice(list(parts))
        match random.randrange(12):
            case 0:
                del parts[name]
            case 1:
                parts[name] = parts[random.choice(list(parts))]
            case 2:
                parts[random.choice(("word/document2.xml", "../x", "/etc/x", "word/", "a" * 300))] = parts[name]
            case 3:
                parts[name] = edited_text("xml")(random, parts[name])
            case _:
                parts[name] = changed_xml(random, parts[name])
        if not parts:
            break
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    written = target.getvalue()
    return edited_text("archive")(random, written) if random.random() < 0.1 else written


def changed_pdf(random: random.Random, data: bytes) -> bytes:
    """A PDF with objects exchanged, keys taken out or bent, and content streams edited."""
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PdfError:
        return edited_text("pdf")(random, data)
    with pdf:
        try:
            objects = list(pdf.objects)
        except Exception:  # it was bent before
            objects = []
        objects = [each for each in objects if isinstance(each, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream)]
        for _ in range(random.choice((1, 2, 4)) if objects else 0):
            one = random.choice(objects)
            with contextlib.suppress(Exception):  # what the library refuses to write
                if isinstance(one, pikepdf.Stream) and random.random() < 0.6:
                    one.write(edited_text("content")(random, one.read_bytes()))
                    continue
                keys: list[Any] = list(range(len(one))) if isinstance(one, pikepdf.Array) else list(one.keys())
                key = random.choice(keys)
                wild = (
                    pikepdf.Name("/X"),
                    10**9,
                    -1,
                    "",
                    pikepdf.Array([]),
                    pikepdf.Dictionary(),
                    random.choice(objects),
                )
                if random.random() < 0.3:
                    del one[key]
                else:
                    one[key] = random.choice(wild)
        target = io.BytesIO()
        try:
            pdf.save(target, static_id=True)
        except Exception:  # it was bent too far
            return edited_text("pdf")(random, data)
    return target.getvalue()
