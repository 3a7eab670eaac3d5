"""Fields and bound controls in the headers and footers of a house document: what they look up is this brief's, or they go."""

from __future__ import annotations

import re
from typing import Final

from briefing.document.reading import inline_text
from briefing.document.tree import Document
from briefing.formats.docx.elements import Element, child, name, remove, unwrap, value, w, words
from briefing.formats.docx.paragraphs import FieldRuns, field_runs

CORE_PROPERTIES: Final = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
"""What Word calls the store of a document's own properties."""
FROZEN: Final = frozenset(
    {"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "EMBED", "DDE", "DDEAUTO", "DATABASE", "DATA", "RD"}
    | {"AUTOTEXT", "AUTOTEXTLIST", "GLOSSARY", "MACROBUTTON", "GOTOBUTTON", "ADDIN", "PRINT", "HTMLACTIVEX", "CONTROL"}
    | {"DOCPROPERTY", "DOCVARIABLE", "FORMTEXT", "ASK", "FILLIN"}
)
"""Fields that read another file, do something, or show a value of the office's own: what they show stays."""
_TO_WEB: Final = re.compile(r"\s*HYPERLINK\s+\"?(https?://|mailto:)", re.IGNORECASE)
LEFT_OUT: Final = frozenset(
    {"REF", "PAGEREF", "NOTEREF", "STYLEREF", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "REVNUM", "COMMENTS"}
    | {"LASTSAVEDBY", "NUMWORDS", "NUMCHARS", "FILESIZE", "TEMPLATE"}
)
"""Fields that speak of the text that stays behind."""
_BLANK: Final = frozenset({"FILENAME"})
"""Fields that Word works out anew, and whose old result is of the other file."""
_PROPERTIES: Final = {
    "title": "title",
    "subject": "subject",
    "author": "author",
    "creator": "author",
    "keywords": "keywords",
}
_HEADINGS: Final = frozenset({"heading1", "1", "heading2", "2", "heading3", "3"})
_NUMBERS: Final = re.compile(r"\\[nrwsp]\b", re.IGNORECASE)
"""The switches of STYLEREF that ask for a number in the place of words."""
_FAILED: Final = re.compile(r"(Error|Fehler|Erreur|¡Error|Errore|Fout|Erro|Fel)\s?!", re.IGNORECASE)
"""What Word prints in the place of what it does not find."""


def _source(instruction: str) -> str:
    """What of the brief a field looks up: a property's name, ``heading 1`` or ``subtitle``; empty for anything else."""
    keyword, *said = re.findall(r'"[^"]*"|\S+', instruction) or [""]
    keyword = keyword.casefold()
    named = "".join(said[0].strip('"').casefold().split()) if said else ""
    if keyword in ("docproperty", "info"):
        return _PROPERTIES.get(named, "")
    if keyword != "styleref" or _NUMBERS.search(instruction):
        return _PROPERTIES.get(keyword, "")
    return named if named in _HEADINGS or named in ("title", "subtitle") else ""


def close_fields(root: Element) -> None:
    """Take out the marks of fields that begin and never end, or end and never began: they would take what follows for their own."""
    open_fields: list[list[Element]] = []
    for mark in list(root.iter(name("fldChar"))):
        kind = value(mark, "fldCharType")
        if kind == "begin":
            open_fields.append([mark])
        elif not open_fields:
            remove(mark)
        elif kind == "end":
            open_fields.pop()
        else:
            open_fields[-1].append(mark)
    for mark in (mark for marks in open_fields for mark in marks):
        remove(mark)


def freeze_fields(root: Element) -> None:
    """Turn fields that would read another file, or look up what is not there, into the text that they show, if any;
    those that show text of the document that stays behind go with it.
    """
    for simple in list(root.iter(name("fldSimple"))):
        instruction = simple.get(name("instr")) or ""
        if _keeps(instruction):
            continue
        gone = _goes(instruction, "".join(map(str, simple.itertext())))
        (remove if gone else unwrap)(simple)
    for field in field_runs(root):
        if _keeps(field.instruction):
            continue
        shown = "".join(str(text) for run in field.result for text in run.itertext())
        for run in (*field.code, *field.marks, *(field.result if _goes(field.instruction, shown) else ())):
            remove(run)


def _keyword(instruction: str) -> str:
    return (instruction.split() or [""])[0].upper()


def _keeps(instruction: str) -> bool:
    if _keyword(instruction) == "HYPERLINK":
        return _TO_WEB.match(instruction) is not None
    return bool(_source(instruction)) or _keyword(instruction) not in FROZEN | LEFT_OUT


def _goes(instruction: str, shown: str) -> bool:
    return _keyword(instruction) in LEFT_OUT or _FAILED.search(shown) is not None


def show_brief(root: Element, document: Document) -> None:
    """Let fields and controls that repeat title, headings or properties show those of `document`."""
    for simple in list(root.iter(name("fldSimple"))):
        instruction = simple.get(name("instr")) or ""
        if _source(instruction) or _keyword(instruction) in _BLANK:
            _show(simple, list(simple.iter(name("r"))), _text(document, _source(instruction)))
    for field in field_runs(root):
        if _source(field.instruction) or _keyword(field.instruction) in _BLANK:
            _show_field(field, _text(document, _source(field.instruction)))
    for control in list(root.iter(name("sdt"))):
        properties, content = child(control, "sdtPr"), child(control, "sdtContent")
        if properties is None or content is None:
            continue
        bound = child(properties, "dataBinding")
        holds_hint = child(properties, "showingPlcHdr") is not None
        if bound is None and not holds_hint:
            continue
        if holds_hint and child(properties, "picture") is not None:
            remove(control)
            continue
        tail = (value(bound, "xpath") or "").rpartition(":")[2].partition("[")[0].casefold()
        remove(child(properties, "showingPlcHdr"))
        _show(content, list(content.iter(name("r"))), _text(document, _PROPERTIES.get(tail, "")))


def _text(document: Document, source: str) -> str:
    """What the brief says there."""
    if source in _HEADINGS:
        return document.properties.title  # Word puts the heading of each page in its place, and older programs nothing.
    if source == "subtitle":
        return inline_text(document.masthead.subtitle)
    return str(getattr(document.properties, source)) if source else ""


def _show_field(field: FieldRuns, text: str) -> None:
    if field.separated:
        _show(field.marks[1], field.result, text)
    elif text:
        result = w("r", words(text))
        field.marks[-1].addprevious(w("r", w("fldChar", fldCharType="separate")))
        field.marks[-1].addprevious(result)


def _show(holder: Element, runs: list[Element], text: str) -> None:
    """Let the first of the runs, which stand in or behind `holder`, say `text`, and the others nothing."""
    if not runs and text and holder.tag == name("r"):
        holder.addnext(w("r", words(text)))
    for run in runs:
        for said in [each for local in ("t", "tab", "br", "sym") for each in run.iterfind(name(local))]:
            run.remove(said)
    if runs and text:
        runs[0].append(words(text))
