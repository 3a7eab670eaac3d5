"""A document that was edited, brought up to date in place: only what its data changed is rewritten; all else stays as the editor left it."""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy
from pathlib import Path
from typing import Final, Unpack

from lxml import etree
from msgspec.structs import replace

from briefing.compose.wording import Wording
from briefing.errors import CheckError, Place, Problem
from briefing.files import path_from
from briefing.formats import EDITED_FORMAT, Formats
from briefing.formats.docx.edited.base_part import TAG
from briefing.formats.docx.edited.edited_document import EditedParagraph
from briefing.formats.docx.edited.open_edited import read_edited
from briefing.formats.docx.elements import PARAGRAPH_ID, Element, child, name, remove, value, w, whole
from briefing.formats.docx.read_package import Package
from briefing.formats.docx.redline.merging import merged_content, steps_between
from briefing.formats.docx.redline.pieces import Side, cut
from briefing.formats.docx.redline.revisions import Revisions
from briefing.pull.block_edits import (
    BlockEdits,
    block_of,
    is_alone,
    move_behind,
    properties_of,
    put_behind,
    remove_bookmark,
)
from briefing.pull.content_transfer import NOTES, ContentTransfer, Story, refused
from briefing.pull.document_changes import changes_of
from briefing.pull.matching import Matching, matched
from briefing.regular_files import LARGEST_OUTPUT, read_regular
from briefing.run.inputs import find_input
from briefing.run.ledger import hash_file, recorded
from briefing.run.options import BuildArguments, BuildOptions
from briefing.run.place import place
from briefing.run.result import BuildResult, Listener
from briefing.run.word_files.edits_in_place import holds_edits
from briefing.run.work import Job, perform

_TEXTS: Final = ("body", *NOTES)
_ANCHORS: Final = (name("commentRangeStart"), name("commentRangeEnd"), name("commentReference"))


def refreshed(edited: bytes, built: bytes, *, track: bool, date: str) -> bytes:
    """The document `edited`, whose edits were pulled, with what its data changed since as in the one that was `built` from them now.

    With `track` every change is a tracked change by *briefing*, dated `date` (ISO 8601). Raises `CheckError` when it cannot be done, or would
    not say what the data says.
    """
    if read_edited(edited).revisions:
        raise refused("it has tracked changes; accept or reject them first")
    work = _Refresh(Story.of(edited), Story.of(built), Revisions("briefing", date) if track else None)
    made = work.done()
    found = read_edited(made)
    assert found.base is not None
    left = changes_of("", found, found.base, Wording.of("en-GB"))
    if left.texts or left.gone or left.new or left.order:
        raise refused("too much of it was changed")
    return made


class _Refresh:
    """One document in work: as the editor left it (`old`), and as it would be built now (`new`)."""

    def __init__(self, old: Story, new: Story, revisions: Revisions | None) -> None:
        self.old, self.new, self.revisions = old, new, revisions
        # Where the paragraphs of the new one stand in the old one, by their numbers.
        self.places: dict[int, Element] = {}
        self.content = ContentTransfer(old, new, revisions)
        self.blocks = BlockEdits(revisions)

    def done(self) -> bytes:
        """Do it all."""
        if self.revisions is not None:
            numbers = [value(each, "id") or "" for root in self.old.roots.values() for each in root.iter(etree.Element)]
            self.revisions.last = max(map(whole, numbers), default=0)
        before, now = matched(self.old.base, self.old.paragraphs), matched(self.old.base, self.new.paragraphs)
        olds, news = self._elements(self.old), self._elements(self.new)
        self._notes(before, now, olds, news)
        self._texts(before, now, olds, news)
        self._gone(before, now, olds)
        self._edges()
        self._drop_notes()
        for part, root in self.old.roots.items():
            self.old.package.put(part, root)
        self._properties()
        return self.old.package.finished()

    @staticmethod
    def _elements(story: Story) -> list[Element]:
        pairs = zip(story.paragraphs, story.elements, strict=True)
        return [element for paragraph, element in pairs if paragraph.place in _TEXTS]

    # -- notes: each that is there keeps its number, new ones get the next

    def _notes(self, before: Matching, now: Matching, olds: list[Element], news: list[Element]) -> None:
        for number, paragraph in enumerate(now.after):
            if paragraph.place not in NOTES:
                continue
            kind = paragraph.place
            there = before.to.get(now.back.get(number, -1))
            own = _note_of(news[number])
            if there is not None:
                self.content.notes[kind, value(own, "id") or ""] = value(_note_of(olds[there]), "id") or ""
                continue
            part = self.old.package.related_name(f"{kind}s")
            if part not in self.old.roots:
                raise refused(f"it has no {kind}s yet")
            root = self.old.roots[part]
            last = max((whole(value(each, "id")) for each in root.iter(name(kind))), default=0)
            made = deepcopy(own)
            made.set(name("id"), str(last + 1))
            root.append(made)
            self.content.notes[kind, value(own, "id") or ""] = str(last + 1)
            inside = next(made.iter(name("p")))
            inside[:] = [*properties_of(inside), *self.content.taken(news[number], part)]
            self.content.style(inside)
            self.places[number] = inside

    def _drop_notes(self) -> None:
        """A note goes with the last call of it."""
        for kind in NOTES:
            part = self.old.package.related_name(f"{kind}s")
            if part not in self.old.roots or self.revisions is not None:
                continue
            used = {
                value(each, "id") for root in self.old.roots.values() for each in root.iter(name(f"{kind}Reference"))
            }
            for note in list(self.old.roots[part].iterfind(name(kind))):
                if value(note, "type") in (None, "normal") and value(note, "id") not in used:
                    remove(note)

    # -- texts

    def _texts(self, before: Matching, now: Matching, olds: list[Element], news: list[Element]) -> None:
        traces = self.new.base.traces
        last: Element | None = None
        follows: tuple[int | None, int | None] = None, None
        for number, paragraph in enumerate(now.after):
            origin = now.back.get(number)
            there = before.to.get(origin) if origin is not None else None
            if there is None and number not in self.places:
                there = self._typed(before, paragraph)
            element = self.places.get(number) if there is None else olds[there]
            if there is not None and element is not None:
                is_new = before.after[there].spans != paragraph.spans
                is_same_data = origin is not None and before.before[origin].spans == paragraph.spans
                is_renumbered = not is_new and not _has_all_of(element, news[number])
                if is_renumbered or (is_new and not is_same_data):
                    self._rewrite(element, news[number])
                if paragraph.code and (origin is None or is_new):
                    element.set(PARAGRAPH_ID, paragraph.code)
            elif element is None and paragraph.place == "body":
                is_traced = any(code in traces for code in (paragraph.code, *paragraph.marks))
                if origin is not None and not is_traced:
                    continue  # the editor took it away
                element = self._inserted(number, now, news, last)
            if element is None:
                continue
            self.places[number] = element
            if paragraph.place == "body":
                is_moved_by_editor = _is_rising(follows[0], origin) and not _is_rising(follows[1], there)
                if last is not None and not is_moved_by_editor:
                    move_behind(element, last)
                last, follows = element, (origin, there)

    def _typed(self, before: Matching, paragraph: EditedParagraph) -> int | None:
        """The paragraph that the editor typed, and that the data has learned of since."""
        for number, each in enumerate(before.after):
            if (
                number not in before.back
                and each.place == paragraph.place
                and each.seen.strip() == paragraph.seen.strip() != ""
            ):
                before.back[number] = -1
                return number
        return None

    def _rewrite(self, element: Element, source: Element) -> None:
        """Let a paragraph say what `source` says; its own properties and its comments stay."""
        kept = list(element.iter(*_ANCHORS))
        part = self.old.part_of(element)
        for each in list(element.iter(name("bookmarkStart"), name("bookmarkEnd"))):
            remove_bookmark(element, value(each, "id") or "", each)
        content = self.content.taken(source, part)
        if self.revisions is not None:
            fresh = w("p", *content)
            plain = deepcopy(element)
            for each in list(plain.iter(*_ANCHORS)):
                remove(each)
            numbers: dict[str, dict[str, str]] = {kind: _Same() for kind in NOTES}
            side = Side(numbers, defaultdict(int), {}, lambda identifier: identifier)
            old, new = cut(plain, side), cut(fresh, side)
            content = merged_content(old, new, steps_between(old, new), self.revisions)
        starts = [each for each in kept if each.tag == _ANCHORS[0]]
        ends = [each for each in kept if each.tag == _ANCHORS[1]]
        calls = [w("r", deepcopy(each)) for each in kept if each.tag == _ANCHORS[2]]
        element[:] = [*properties_of(element), *starts, *content, *ends, *calls]

    # -- what came and what went

    def _inserted(self, number: int, now: Matching, news: list[Element], last: Element | None) -> Element:
        """A paragraph that is new, in its place: within its cell, in a new row, with its table, or behind `last`."""
        source, part = news[number], self.old.package.main
        row = next(source.iterancestors(name("tr")), None)
        if row is None:
            made = w("p", *self._look(number, now, news), *self.content.taken(source, part))
            put_behind(made, block_of(last) if last is not None else None, self._body())
            self.blocks.track_paragraph(made)
            return self._named(made, source)
        table = next(source.iterancestors(name("tbl")))
        known = {id(news[each]): place for each, place in self.places.items()}
        inside = [known[id(each)] for each in row.iter(name("p")) if id(each) in known]
        if inside:
            raise refused("a row of a table has other cells now")
        rows = [place for each in table.iter(name("p")) if (place := known.get(id(each))) is not None]
        if not rows:
            raise refused("it has a table now that it had not")
        like = next(rows[-1].iterancestors(name("tr")))
        made_row = deepcopy(like)
        cells, wanted = list(made_row.iterfind(name("tc"))), list(row.iterfind(name("tc")))
        if len(cells) != len(wanted):
            raise refused("a table has other columns now")
        for cell, new in zip(cells, wanted, strict=True):
            first, *others = cell.iterfind(name("p"))
            for each in others:
                remove(each)
            texts = list(new.iterfind(name("p")))
            for nth, text in enumerate(texts):
                target = first if nth == 0 else deepcopy(first)
                target[:] = [*properties_of(target), *self.content.taken(text, part)]
                target.attrib.pop(PARAGRAPH_ID, "")
                self._named(target, text)
                if nth:
                    cell.append(target)
                self.places[next(each for each, element in enumerate(news) if element is text)] = target
        like.addnext(made_row)
        self.blocks.track_row(made_row)
        return self.places[number]

    def _named(self, made: Element, source: Element) -> Element:
        if source.get(PARAGRAPH_ID):
            made.set(PARAGRAPH_ID, source.get(PARAGRAPH_ID, ""))
        return made

    def _look(self, number: int, now: Matching, news: list[Element]) -> list[Element]:
        """The properties of a new paragraph: those that the editor gave the nearest one of its style, else its own."""
        style = now.after[number].style
        near = [
            each
            for each in self.places
            if now.after[each].style == style and now.after[each].place == "body" and now.after[each].cell is None
        ]
        if near:
            found = deepcopy(properties_of(self.places[min(near, key=lambda each: abs(each - number))]))
        else:
            found = deepcopy(properties_of(news[number]))
            for each in found:
                remove(child(each, "numPr"))
        for each in found:
            for local in ("rPr", "sectPr", "pPrChange"):
                remove(child(each, local))
            if not near:
                self.content.style(each)
        return found

    def _body(self) -> Element:
        body = child(self.old.roots[self.old.package.main], "body")
        assert body is not None
        return body

    def _gone(self, before: Matching, now: Matching, olds: list[Element]) -> None:
        """Take out what the data has no more: whole rows, paragraphs, or what the only paragraph of a cell says."""
        kept = set(map(id, self.places.values()))
        traced = self.old.base.traces
        for origin, there in sorted(before.to.items()):
            paragraph, element = before.before[origin], olds[there]
            if origin in now.to or id(element) in kept or paragraph.place != "body" or element.getparent() is None:
                continue
            is_traced = any(code in traced for code in (paragraph.code, *paragraph.marks))
            if not is_traced and before.after[there].seen != paragraph.seen:
                continue
            row = next(element.iterancestors(name("tr")), None)
            if row is not None and not any(id(each) in kept for each in row.iter(name("p"))):
                self.blocks.take_row(row)
            elif row is not None and is_alone(element):
                element[:] = properties_of(element)
            else:
                self.blocks.take_paragraph(element)

    # -- headers, footers, and what the file says of itself

    def _edges(self) -> None:
        for edge in ("header", "footer"):
            was, now = (
                [each for each in one if each.place == edge] for one in (self.old.base.paragraphs, self.new.paragraphs)
            )
            elements = [
                each
                for paragraph, each in zip(self.new.paragraphs, self.new.elements, strict=True)
                if paragraph.place == edge
            ]
            if len(was) != len(now):
                raise refused(f"its {edge}s have other lines now")
            for one, other, source in zip(was, now, elements, strict=True):
                for paragraph, element in zip(self.old.paragraphs, self.old.elements, strict=True):
                    if one.spans != other.spans and paragraph.place == edge and paragraph.spans == one.spans:
                        self._rewrite(element, source)

    def _properties(self) -> None:
        package, other = self.old.package, self.new.package
        for one in package.relationships(package.main).values():
            root = package.xml(one.target) if one.kind == "customXml" and not one.external else None
            if root is not None and root.tag == TAG:
                package.put(one.target, _origins(other))
        core, title = package.core_properties(), other.core_properties()
        wanted = None if title is None else title.findtext("{*}title")
        if core is not None and wanted:
            for each in core.iterfind("{*}title"):
                each.text = wanted
            package.put(package.related_name("core-properties", to=""), core)


def _origins(package: Package) -> Element:
    roots = (
        package.xml(each.target) for each in package.relationships(package.main).values() if each.kind == "customXml"
    )
    return next(each for each in roots if each is not None and each.tag == TAG)


class _Same(dict[str, str]):
    """Every number for itself."""

    def __missing__(self, key: str) -> str:
        return key


def _has_all_of(element: Element, source: Element) -> bool:
    """Whether a paragraph shows the same numbers as `source`, and has all of its bookmarks."""
    names = [{value(each, "name") for each in one.iter(name("bookmarkStart"))} for one in (element, source)]
    texts = ["".join(each.text or "" for each in one.iter(name("t"))) for one in (element, source)]
    return texts[0] == texts[1] and names[1] <= names[0]


def _is_rising(one: int | None, other: int | None) -> bool:
    """Whether the one comes first, as far as that is known."""
    return one is None or other is None or one < other


def _note_of(element: Element) -> Element:
    return next(each for each in element.iterancestors(name("endnote"), name("footnote")))


def refresh(path: str | Path, *, track: bool, listener: Listener, **asked: Unpack[BuildArguments]) -> BuildResult:
    """Build a brief as `briefing.build` does, but bring a Word file that was edited and pulled up to date in place.

    With `track` what changes in it is a tracked change. Raises as `briefing.build` does, and `CheckError` for edits that were not pulled, or where
    it cannot be done; the files are then as they were.
    """
    options = BuildOptions.read(**asked)
    listener.found(1)
    brief = find_input(Path(path))
    with Formats() as formats:
        formats.ready(options.formats)
        finished = perform(Job(brief, options, is_overlapped=True), formats, listener)
    listener.stage(brief.name, "writing")
    folder, records, replaced = options.folder_of(brief), [], set()
    for files, entry in finished.records:
        last = recorded(folder, entry.name) or replace(entry, data_file=path_from(folder, brief.data_file))
        made = dict(files)
        for name_, artifact in files.items():
            file = folder / name_
            there = hash_file(file) if artifact.format == EDITED_FORMAT else None
            if there is None or options.is_plain:
                continue
            if holds_edits(file, last):
                hint = f"bring them home first, with 'briefing pull {file}'"
                what = f"'{name_}' holds edits that were not pulled; it was left as it is"
                raise CheckError(Problem("edits-not-pulled", what, hint, place=Place.of(file)))
            edited = read_regular(file, LARGEST_OUTPUT)
            if there in {output.sha256 for output in last.known} and not track:
                continue  # nobody touched it
            try:
                data = refreshed(edited, artifact.data, track=track, date=options.built)
            except CheckError as error:
                raise CheckError(each.at(Place.of(file)) for each in error.problems) from None
            made[name_] = replace(artifact, data=data)
            replaced.add(there)
        records.append((made, entry))
    return place(replace(finished, records=tuple(records)), brief, options, refreshed=frozenset(replaced))
