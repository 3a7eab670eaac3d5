"""Opening a DOCX that comes from somebody else: nothing in it is trusted, followed or run."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Final, Literal

from lxml import etree

from briefing.apart import read_apart, refuse_hunger
from briefing.errors import DataError, Problem
from briefing.formats.docx.edited.base_part import TAG, UnreadableBaseError, base_in
from briefing.formats.docx.edited.edited_document import Base, EditedDocument, Revision
from briefing.formats.docx.edited.edited_walk import Known, StoryPart, fingerprint, read_paragraphs
from briefing.formats.docx.edited.found_comments import found_comments
from briefing.formats.docx.elements import Element, child, name, value
from briefing.formats.docx.package import BUILD_PROPERTY
from briefing.formats.docx.read_package import Package, UnreadablePackageError
from briefing.formats.docx.read_revisions import accepted, rejected
from briefing.limits import how_to_raise, limits

Revisions = Literal["accept", "reject"]
_MOST_PARTS: Final = 4_000
_MOST_RATIO: Final = 250
"""How many bytes one byte of a large part may unpack to: text in XML has 10 to 50, a bomb up to 1,000."""
_LARGE: Final = 4_000_000
_REVISED: Final = (
    *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "cellIns", "cellDel", "cellMerge"),
    *("tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange", "numberingChange"),
)
_NEVER_OPENED: Final = (
    ("vbaProject", "macros"),
    ("embeddings/", "embedded objects"),
    ("activeX/", "controls that run programs"),
)
_EXTERNAL: Final = ("attachedTemplate", "image", "oleObject", "frame", "subDocument", "externalLink", "mailMergeSource")
_CREATOR: Final = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
_MODIFIED: Final = "{http://purl.org/dc/terms/}modified"


def read_edited(
    data: bytes, name: str = "it", revisions: Revisions = "accept", kept: Base | None = None
) -> EditedDocument:
    """Read a document that came back, its tracked changes accepted or rejected; `kept` is its base where it carries none.

    `name` is how messages call it. One that unpacks to much is read in the process that reads, within its limits. Raises `DataError` when it is no
    DOCX, is damaged or encrypted, or unpacks to more than it may.
    """
    if refuse_bomb(data, name) > _LITTLE:
        found = read_apart("briefing.formats.docx.edited.open_edited:read_here", data, name, revisions, kept, name=name)
        assert isinstance(found, EditedDocument)
        return found
    return read_here(data, name, revisions, kept)


_LITTLE: Final = 5_000_000
"""Bytes: a document that unpacks to no more takes little time, whatever is in it."""


def refuse_bomb(data: bytes, name: str) -> int:
    """To how many bytes an archive says that it unpacks. Raise `DataError` for what is none, and for one that would unpack to much more than it
    holds. Nothing is unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        what = f"{name} is no Word document (DOCX)"
        old = data.startswith(b"\xd0\xcf\x11\xe0")
        hint = "take the password off, or save it as .docx, not .doc" if old else "give the .docx that was edited"
        raise DataError(Problem("unreadable", what, hint)) from error
    most = limits().saved_text_unpacked_bytes
    total = sum(entry.file_size for entry in entries)
    if total > most or len(entries) > _MOST_PARTS:
        what = f"{name} unpacks to {total:,} bytes in {len(entries):,} parts"
        raise DataError(Problem("too-large", what, how_to_raise("saved_text_unpacked_bytes")))
    for entry in entries:
        if entry.file_size > max(_LARGE, _MOST_RATIO * entry.compress_size):
            what = f"a part of {name} unpacks to {entry.file_size // max(entry.compress_size, 1):,} times its size"
            raise DataError(Problem("too-large", what, "open it in Word and save it again"))
    return total


def read_here(data: bytes, name: str, revisions: Revisions, kept: Base | None) -> EditedDocument:
    """The same in this process."""
    try:
        before = Package(data)
        found = tuple(_revisions(before))
        package = before if not found else Package(accepted(data) if revisions == "accept" else rejected(data))
        return _read(package, found, sorted(_left_alone(data, before)), kept)
    except UnreadablePackageError as error:
        if isinstance(error.__cause__, etree.XMLSyntaxError):
            refuse_hunger(error.__cause__)
        raise _unreadable(name, str(error)) from error
    except UnreadableBaseError as error:
        raise _unreadable(name, f"what it was built from is damaged ({error})") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, ValueError, AttributeError, TypeError) as error:
        raise _unreadable(name, f"{type(error).__name__}: {error}") from error


def _unreadable(name: str, why: str) -> DataError:
    what = f"{name} cannot be read as a Word document: {why}"
    return DataError(Problem("unreadable", what, "open it in Word, and save it again as .docx"))


def _read(
    package: Package, revisions: tuple[Revision, ...], left_alone: list[str], kept: Base | None
) -> EditedDocument:
    base, own = _base(package) or kept, package.xml(package.related_name("custom-properties", to=""))
    build = base.build if base else _build(own)
    known = known_of(base)
    paragraphs = read_paragraphs((part for _, part in story_parts(package)), package.related("styles"), known)
    comments = tuple(found_comments(package, base.traces if base else {}))
    core = package.core_properties()
    author, modified = (("" if core is None else core.findtext(tag) or "").strip() for tag in (_CREATOR, _MODIFIED))
    return EditedDocument(paragraphs, base, build, author, modified, revisions, tuple(left_alone), comments)


def known_of(base: Base | None) -> Known:
    """What a base tells of the nodes of the document."""
    if base is None:
        return Known()
    nodes = {code: trace.node for code, trace in base.traces.items()}
    notes = {
        each.seen.strip(): nodes[each.code]
        for each in base.paragraphs
        if each.place in ("endnote", "footnote") and each.code in nodes
    }
    return Known(nodes, base.targets, notes)


def _base(package: Package) -> Base | None:
    """The base in whichever custom XML part holds one: LibreOffice gives them other numbers."""
    for each in package.relationships(package.main).values():
        if each.kind == "customXml" and not each.external:
            root = package.xml(each.target)
            if root is not None and root.tag == TAG:
                return base_in(root)
    return None


def _build(root: Element | None) -> str:
    properties = () if root is None else root
    return next(("".join(map(str, each.itertext())) for each in properties if each.get("name") == BUILD_PROPERTY), "")


def story_parts(package: Package) -> Iterator[tuple[str, StoryPart]]:
    """The parts with text, each with its name. Raises `UnreadablePackageError` where there is no body."""
    root = package.xml(package.main)
    body = child(root, "body")
    if body is None:
        raise UnreadablePackageError("it has no text")
    yield package.main, _story("body", body, package, package.main)
    kinds = {"endnotes": "endnote", "footnotes": "footnote", "header": "header", "footer": "footer"}
    for each in package.relationships(package.main).values():
        place = kinds.get(each.kind)
        found = package.xml(each.target) if place and not each.external else None
        if place and found is not None:
            yield each.target, _story(place, found, package, each.target)


def _story(place: str, root: Element, package: Package, part: str) -> StoryPart:
    relations = package.relationships(part)
    links = {key: each.target for key, each in relations.items() if each.kind == "hyperlink"}
    pictures = (key for key, each in relations.items() if each.kind == "image" and not each.external)
    return StoryPart(
        place, root, links, {key: fingerprint(package.part(relations[key].target) or b"") for key in pictures}
    )


def _revisions(package: Package) -> Iterator[Revision]:
    """Every tracked change in the parts with text."""
    tags = {name(local): local for local in _REVISED}
    for root in package.stories():
        for each in root.iter(*tags):
            text = "".join(str(inner.text or "") for inner in each.iter(name("t"), name("delText")))
            author, date = value(each, "author") or "", value(each, "date") or ""
            yield Revision(tags[str(each.tag)], author, date, text)


def _left_alone(data: bytes, package: Package) -> Iterator[str]:
    """What in the package is never opened, in words."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    for sign, what in _NEVER_OPENED:
        if any(sign in each for each in names):
            yield what
    parts = [each for each in names if each.endswith(".rels")]
    for rels in parts:
        folder, file = posixpath.split(rels)
        owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        for each in package.relationships(owner).values():
            if each.external and each.kind in _EXTERNAL:
                yield f"a link to another file ({each.kind})"
