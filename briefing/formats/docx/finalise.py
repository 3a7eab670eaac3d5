"""The clean copy of a Word file, to be sent out: what it shows, and nothing of how it was made or by whom.

What stays is listed, not what goes: parts by what they are to the document, settings and fields by their names. What cannot be taken out
without changing what the reader sees stops it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from lxml import etree

from briefing.errors import CheckError, Problem, shown
from briefing.formats.docx.elements import (
    MC,
    PIC,
    WP,
    A,
    Element,
    R,
    by_default,
    child,
    name,
    remove,
    serialized,
    switched_on,
    unwrap,
    value,
)
from briefing.formats.docx.package import archive, extended_properties
from briefing.formats.docx.page import KEPT_SETTINGS
from briefing.formats.docx.paragraphs import field_runs
from briefing.formats.docx.picture_metadata import without_metadata
from briefing.formats.docx.read_package import Package, Relationship
from briefing.formats.docx.read_revisions import accepted, rejected
from briefing.formats.docx.read_story import code_words

_TYPES: Final = "[Content_Types].xml"
_TYPES_NAMESPACE: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE: Final = "urn:schemas-microsoft-com:office:office"
_CP: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_SAID: Final = (f"{{{_DC}}}title", f"{{{_DC}}}subject", f"{{{_CP}}}keywords", f"{{{_DC}}}language")
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_KEPT: Final = frozenset(
    {
        "styles",
        "numbering",
        "settings",
        "theme",
        "fontTable",
        "font",
        "header",
        "footer",
        "endnotes",
        "footnotes",
        "image",
    }
)
"""What the parts that stay are to those that refer to them."""
_LEFT: Final = frozenset(
    {
        "comments",
        "commentsExtended",
        "commentsIds",
        "commentsExtensible",
        "people",
        "customXml",
        "customXmlProps",
        "glossaryDocument",
    }
    | {
        "webSettings",
        "attachedTemplate",
        "stylesWithEffects",
        "vbaProject",
        "wordVbaData",
        "keyMapCustomizations",
        "printerSettings",
    }
    | {
        "attachedToolbars",
        "mailMergeSource",
        "mailMergeHeaderSource",
        "mailMergeRecipientData",
        "recipientData",
        "transform",
    }
    | {"documenttasks", "ui/extensibility", "ctrlProp"}
)
"""What is left out, since the page shows nothing of it. Anything else that the text uses stops the copy."""
_STORIES: Final = frozenset({"document", "hdr", "ftr", "endnotes", "footnotes"})
_FIELDS: Final = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "SEQ", "STYLEREF", "TITLE", "SUBJECT", "KEYWORDS", "HYPERLINK"}
)
"""Fields that stay fields: they need no bookmark and speak of nobody. Of any other, what it shows stays."""
_WEB: Final = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_GONE: Final = (
    *(
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
        "bookmarkStart",
        "bookmarkEnd",
        "permStart",
        "permEnd",
    ),
    *("proofErr", "lastRenderedPageBreak", "divId", "annotationRef", "rsid", "ffData"),
)
_REVISED: Final = (
    *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange"),
    *(
        "rPrChange",
        "pPrChange",
        "tblPrChange",
        "tblPrExChange",
        "tblGridChange",
        "trPrChange",
        "tcPrChange",
        "sectPrChange",
    ),
)
_FOREIGN: Final = ("altChunk", "subDoc", "object", "control", "contentPart")
_DECORATIVE: Final = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
"""The extension of a picture that says that it is mere decoration."""
_TRACED: Final = re.compile(r"rsid\w*|paraId|textId|docId|author|initials|date|userId|providerId")
_SETTINGS: Final = frozenset({*KEPT_SETTINGS, "footnotePr", "endnotePr", "compat", "mathPr"})


def revisions_in(data: bytes) -> int:
    """How many tracked changes the Word file has. Raises `UnreadablePackageError`."""
    tags = [name(local) for local in _REVISED]
    return sum(1 for root in Package(data).stories() for _ in root.iter(*tags))


def finalised(data: bytes, *, accept: bool = True) -> bytes:
    """The clean copy of the Word file `data`, its tracked changes accepted or rejected.

    Raises `UnreadablePackageError` for what is no Word file, `CheckError` with everything that cannot be taken out without changing what is seen.
    """
    package = Package(accepted(data) if accept else rejected(data))
    copy = _Copy(package)
    copy.part(package.main, "officeDocument")
    if copy.problems:
        raise CheckError(dict.fromkeys(copy.problems))
    return archive(copy.entries())


class _Copy:
    """The parts of the copy as they are made."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.made: dict[str, bytes] = {}
        self.related: dict[str, dict[str, Relationship]] = {}
        self.problems: list[Problem] = []
        self.pictures = 0

    def part(self, part: str, kind: str) -> None:
        """Make a part, and those that it refers to and that stay."""
        if part in self.made or (held := self.package.part(part)) is None:
            return
        root = self.package.xml(part) if kind not in ("image", "font") else None
        self.made[part] = without_metadata(held) if kind == "image" else held
        kept: dict[str, Relationship] = {}
        used = set() if root is None else _used(root)
        for identifier, relation in self.package.relationships(part).items():
            if relation.external:
                is_link = relation.kind == "hyperlink" and _WEB.match(relation.target) is not None
                if is_link:
                    kept[identifier] = relation
                elif identifier in used and relation.kind not in ("hyperlink", *_LEFT):
                    self.stop(
                        f"it shows something that is held elsewhere ({relation.kind})", "put it into the file itself"
                    )
            elif relation.kind in _KEPT:
                kept[identifier] = relation
            elif relation.kind not in _LEFT and identifier in used:
                self.stop(f"it holds embedded data ({relation.kind})", "put it there as a picture")
        self.related[part] = kept
        if root is not None:
            self.clean(root, kept)
            self.made[part] = serialized(root)
        for relation in kept.values():
            if not relation.external:
                self.part(relation.target, relation.kind)

    def stop(self, wrong: str, right: str) -> None:
        self.problems.append(Problem("not-final", f"it cannot be made clean: {wrong}", right))

    def clean(self, root: Element, kept: Iterable[str]) -> None:
        """Take out of a part whatever the page does not show."""
        local = etree.QName(root).localname
        if local in _STORIES:
            self.refuse(root)
            _clean_story(root, frozenset(kept))
        elif local == "settings":
            root[:] = [each for each in root if etree.QName(each).localname in _SETTINGS]
        for each in [each for gone in (*_GONE, *_REVISED) for each in root.iter(name(gone))]:
            remove(each)
        for element in root.iter(etree.Element):
            for key in [str(key) for key in element.attrib if _is_trace(str(key))]:
                del element.attrib[key]
            if element.tag in (f"{{{PIC}}}cNvPr", f"{{{WP}}}docPr"):
                self.pictures += 1
                element.set("id", str(self.pictures))
                element.set("name", f"Picture {self.pictures}")  # it may be that of the file that it came from
        etree.cleanup_namespaces(root, keep_ns_prefixes=_ignorable(root))

    def refuse(self, root: Element) -> None:
        """Stop at what would be lost, or was to be filled in."""
        for each in root.iter(*map(name, _FOREIGN)):
            self.stop(
                f"it holds an embedded object ({etree.QName(each).localname})",
                "put what it shows there as a picture or text",
            )
        for run in root.iter(name("r")):
            if switched_on(child(run, "rPr", "vanish")) and child(run, "t") is not None:
                self.stop(f"it holds hidden text: '{_words(run)}'", "delete it, or let it be seen")
        for control in root.iter(name("sdt")):
            if child(control, "sdtPr", "showingPlcHdr") is not None:
                self.stop(f"it still shows the prompt '{_words(control)}'", "fill it in, or take it out")

    def entries(self) -> Iterator[tuple[str, bytes]]:
        """Every part with its relations, the list of types first."""
        main = Relationship("officeDocument", self.package.main, external=False)
        app = Relationship("extended-properties", "docProps/app.xml", external=False)
        core = Relationship("core-properties", "docProps/core.xml", external=False)
        self.related[""] = {"rId1": main, "rId2": core, "rId3": app}
        self.made[core.target] = _core(self.package.core_properties())
        self.made[app.target] = serialized(extended_properties())
        yield _TYPES, self.types()
        for part in ("", *self.made):
            folder, file = posixpath.split(part)
            if part:
                yield part, self.made[part]
            if related := self.related.get(part):
                yield posixpath.join(folder, "_rels", f"{file}.rels"), _relations(related, folder)

    def types(self) -> bytes:
        """What each part is, as the file itself says, but for one with macros, which is an ordinary document now."""
        source = self.package.xml(_TYPES)
        said = () if source is None else source
        types = {
            each.get("PartName", each.get("Extension", "")).lstrip("/").lower(): each.get("ContentType", "")
            for each in said
        }
        types |= {
            "docprops/core.xml": CONTENT_TYPE.OPC_CORE_PROPERTIES,
            "docprops/app.xml": CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
        }
        types |= {self.package.main.lower(): CONTENT_TYPE.WML_DOCUMENT_MAIN}
        root = etree.Element(f"{{{_TYPES_NAMESPACE}}}Types", nsmap=by_default(_TYPES_NAMESPACE))
        for extension, kind in (("rels", CONTENT_TYPE.OPC_RELATIONSHIPS), ("xml", CONTENT_TYPE.XML)):
            etree.SubElement(root, f"{{{_TYPES_NAMESPACE}}}Default", {"Extension": extension, "ContentType": kind})
        for part in self.made:
            kind = types.get(part.lower()) or types.get(part.lower().rpartition(".")[2], "application/octet-stream")
            etree.SubElement(root, f"{{{_TYPES_NAMESPACE}}}Override", {"PartName": f"/{part}", "ContentType": kind})
        return serialized(root)


def _relations(related: Mapping[str, Relationship], folder: str) -> bytes:
    root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap=by_default(_RELATIONS))
    for identifier, each in related.items():
        target = each.target if each.external else posixpath.relpath(each.target, folder or ".")
        kind = RELATIONSHIP_TYPE.CORE_PROPERTIES if each.kind == "core-properties" else f"{R}/{each.kind}"
        element = etree.SubElement(
            root, f"{{{_RELATIONS}}}Relationship", {"Id": identifier, "Type": kind, "Target": target}
        )
        if each.external:
            element.set("TargetMode", "External")
    return serialized(root)


def _core(source: Element | None) -> bytes:
    """The properties that say what the document is: title, subject, keywords, language. Who made it, and when, is left out."""
    root = etree.Element(f"{{{_CP}}}coreProperties", nsmap={"cp": _CP, "dc": _DC})
    for each in () if source is None else source:
        if each.tag in _SAID and each.text:
            etree.SubElement(root, str(each.tag)).text = each.text
    return serialized(root)


def _words(element: Element) -> str:
    return shown("".join(each.text or "" for each in element.iter(name("t"))))


def _used(root: Element) -> set[str]:
    """The ids of the relations that the elements of a part name."""
    return {
        str(held)
        for each in root.iter(etree.Element)
        for key, held in each.attrib.items()
        if str(key).startswith(f"{{{R}}}")
    }


def _is_trace(attribute: str) -> bool:
    """Whether an attribute tells of sessions, authors or paragraphs' names; `author` and the like are those of Word's own elements."""
    space, _, local = attribute.rpartition("}")
    return (bool(space) and _TRACED.fullmatch(local) is not None) or attribute in (
        f"{{{_OFFICE}}}title",
        f"{{{_OFFICE}}}gfxdata",
    )


def _ignorable(root: Element) -> list[str]:
    """The prefixes that must stay declared, since attributes name them."""
    names = " ".join(
        each.get(f"{{{MC}}}{key}", "") for each in root.iter(etree.Element) for key in ("Ignorable", "ProcessContent")
    )
    choices = " ".join(each.get("Requires", "") for each in root.iter(f"{{{MC}}}Choice"))
    return [*names.replace(":", " ").split(), *choices.split()]


def _clean_story(root: Element, kept: frozenset[str]) -> None:
    """Take controls, bookmarks, dead references and comments out of a part with text; what they show stays."""
    for control in list(root.iter(name("sdt"))):
        content = child(control, "sdtContent")
        control[:] = [] if content is None else list(content)
        unwrap(control)
    for wrapped in [each for local in ("customXml", "smartTag") for each in root.iter(name(local))]:
        unwrap(wrapped)
    for simple in list(root.iter(name("fldSimple"))):
        if not _stays(simple.get(name("instr")) or ""):
            unwrap(simple)
    for found in field_runs(root):
        if not _stays(found.instruction):
            for run in (*found.code, *found.marks):
                remove(run)
    for link in list(root.iter(name("hyperlink"))):
        if link.get(f"{{{R}}}id") not in kept:
            for style in [each for each in link.iter(name("rStyle")) if (value(each) or "").casefold() == "hyperlink"]:
                remove(style)
            unwrap(link)
    for run in [each for local in ("commentReference", "annotationRef") for each in root.iter(name(local))]:
        remove(run.getparent())
    for extension in [each for each in root.iter(f"{{{A}}}ext") if each.get("uri") not in (None, _DECORATIVE)]:
        remove(extension)
    for empty in [each for each in root.iter(f"{{{A}}}extLst") if not len(each)]:
        remove(empty)


def _stays(code: str) -> bool:
    """Whether a field stays: it is of a kind that does, and no link to a bookmark or another file."""
    found = code_words(code)
    kind = found[0].upper() if found else ""
    return kind in _FIELDS and (kind != "HYPERLINK" or (len(found) > 1 and _WEB.match(found[1]) is not None))
