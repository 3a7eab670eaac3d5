"""`briefing pull`: what an editor did in Word stands in the data file, or in the report."""

from __future__ import annotations

import copy
import difflib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from lxml import etree

import briefing as library
from briefing.formats.docx.edited.edited_document import EditedParagraph
from briefing.pull.new_items import NewText
from briefing.pull.pulled import Pulled
from tests.pull.word_file import W14, W, WordFile, bold, new_paragraph, remove
from tests.running import EXAMPLES, briefing

Change = Callable[[WordFile], object]


@cache
def built(name: str = "deposit-scheme") -> tuple[bytes, Path]:
    """The DOCX of an example, made once, and the folder of its brief."""
    folder = Path(mkdtemp(prefix="pull-")) / name
    shutil.copytree(EXAMPLES / name, folder)
    (output,) = library.build(folder, formats=["docx"]).outputs
    return output.path.read_bytes(), folder


@dataclass
class Desk:
    """A folder with a brief and copies of its document."""

    folder: Path

    @property
    def data(self) -> str:
        """The data file."""
        return (self.folder / "brief.yaml").read_bytes().decode()

    def rewrite(self, old: str, new: str) -> None:
        """Change the data."""
        assert old in self.data
        (self.folder / "brief.yaml").write_bytes(self.data.replace(old, new).encode())

    def edit(self, change: Change, name: str = "edited.docx", document: bytes | None = None) -> Path:
        """A copy of the document in which `change` was made."""
        file = WordFile(document or built()[0])
        change(file)
        path = self.folder / name
        file.saved(path)
        return path

    def pull(self, *paths: Path, **options: object) -> Pulled:
        """Pull them."""
        return library.pull_edits(paths, self.folder, **options)  # type: ignore[arg-type]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with the example of a submission."""
    folder = tmp_path / "brief"
    shutil.copytree(built()[1], folder, ignore=shutil.ignore_patterns("out"))
    return Desk(folder)


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    found = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[2:]
    return [line[1:] for line in found if line[0] == "-"], [line[1:] for line in found if line[0] == "+"]


def kinds(pulled: Pulled) -> list[tuple[str, str]]:
    """The outcomes by status and kind."""
    return sorted((each.status, each.kind) for each in pulled.outcomes)


def five(file: WordFile) -> None:
    """A word, bold, an item deleted, one added, a row moved."""
    file.replace(
        "deposit of 20 cents on plastic, metal and glass, with", "deposit of 25 cents on plastic, metal and glass, with"
    )
    file.replace("the scheme starts a year later", "the scheme starts a year later", run=bold)
    remove(file.find("No shop under 100 square metres has to take part"))
    last = file.find("Eighty-eight in a hundred")
    last.addnext(new_paragraph(last, "Two depots: still [closed] after midnight."))
    file.row("Settle the payment").addnext(file.row("Write round to Cabinet"))


def test_five_edits_are_five_changes(desk: Desk) -> None:
    before = desk.data
    pulled = desk.pull(desk.edit(five))
    assert kinds(pulled) == [("changed", kind) for kind in ("deleted", "moved", "new", "text", "text")]
    assert pulled.exit_code == 0 and pulled.is_written
    gone, new = lines_changed(before, desk.data)
    moved = [
        "  - id: write-round",
        "    step: Write round to Cabinet colleagues.",
        "    owner: Private Office",
        "    due: 2026-06-12",
    ]
    assert [line for line in gone if line not in moved] == [
        "  Officials recommend **option 2**: a deposit of 20 cents on plastic, metal and glass, with an opt-out for small shops. It",
        "    risk: The Bill misses the summer, and the scheme starts a year later.",
        "  - No shop under 100 square metres has to take part.",
    ]
    assert [line for line in new if line not in moved] == [
        "  Officials recommend **option 2**: a deposit of 25 cents on plastic, metal and glass, with an opt-out for small shops. It",
        "    risk: The Bill misses the summer, and **the scheme starts a year later**.",
        '  - "Two depots: still [closed] after midnight."',
    ]
    assert desk.pull(desk.edit(five)).count("changed") == 0, "pulling again changes nothing"


def test_nothing_changed_is_no_change(desk: Desk) -> None:
    before = desk.data
    pulled = desk.pull(desk.edit(lambda file: None))
    assert (pulled.outcomes, pulled.exit_code, desk.data) == ((), 0, before)


def test_no_mark_at_all_is_a_warning(desk: Desk) -> None:
    def change(file: WordFile) -> None:
        file.without_marks()
        five(file)

    pulled = desk.pull(desk.edit(change))
    assert [each for each in kinds(pulled) if each != ("note", "no-marks")] == [
        ("changed", kind) for kind in ("deleted", "moved", "new", "text", "text")
    ]
    assert ("note", "no-marks") in kinds(pulled)


def without_base(file: WordFile) -> None:
    """Take away what the document carries of its build, as a program does that keeps no parts which it does not know."""
    del file.parts["customXml/item1.xml"]
    file.parts["word/_rels/document.xml.rels"] = b"\n".join(
        line
        for line in file.parts["word/_rels/document.xml.rels"].replace(b"/>", b"/>\n").split(b"\n")
        if b"customXml" not in line
    )


@pytest.mark.parametrize("is_named", [True, False])
def test_a_document_without_base_is_held_against_the_build_that_was_kept(desk: Desk, is_named: bool) -> None:
    def change(file: WordFile) -> None:
        without_base(file)
        if not is_named:
            file.parts["docProps/custom.xml"] = file.parts["docProps/custom.xml"].replace(b"briefing-build", b"other")
        five(file)

    pulled = desk.pull(desk.edit(change))
    assert kinds(pulled) == [("changed", kind) for kind in ("deleted", "moved", "new", "text", "text")]


def test_a_document_without_base_is_refused(desk: Desk) -> None:
    edited = desk.edit(without_base)
    shutil.rmtree(desk.folder / ".briefing")
    before = desk.data
    run = briefing("pull", edited, "--into", desk.folder)
    assert run.code == 3 and "[no-base]" in run.err and desk.data == before


def typed_over(file: WordFile, old: str, new: str) -> None:
    """Other words in place of a paragraph's."""
    texts = list(file.find(old).iter(f"{W}t"))
    texts[0].text = new
    for each in texts[1:]:
        each.text = ""


def attribution(file: WordFile) -> None:
    """A speaker, a role and a date."""
    old, new = (
        "Oona Tarrant, Director, Federation of Small Retailers, 18",
        "Oona B. Tarrant, Deputy Director, Federation of Small Retailers, 19",
    )
    file.replace(old, new)


def behind(file: WordFile, words: str, new: str, style: str = "") -> None:
    """A new paragraph behind the one with `words`, as Enter makes it; in another style, if one is named."""
    made = new_paragraph(file.find(words), new)
    file.find(words).addnext(styled(made, style) if style else made)


def new_quote(file: WordFile) -> None:
    """A quote with its attribution behind the last one, in their styles."""
    last, words, said_by = (file.find(each) for each in ("She asked for payment", "Councils would lose", "Petra Holm"))
    quote = new_paragraph(words, "“We need this now.”")
    last.addnext(quote)
    quote.addnext(new_paragraph(said_by, "Jo Bloggs, Chair, Consumers First, 2 June 2026"))


def two_new_quotes(file: WordFile) -> None:
    """Two behind the last one, the first of two paragraphs: nobody is quoted with another's words."""
    last, words, said_by = (file.find(each) for each in ("She asked for payment", "Councils would lose", "Petra Holm"))
    made = [
        new_paragraph(words, "“We need this now."),
        new_paragraph(words, "“And all of it.”"),
        new_paragraph(said_by, "Jo Bloggs, Chair, Consumers First, 2 June 2026"),
        new_paragraph(words, "“Not on my watch.”"),
        new_paragraph(said_by, "Ann Roe, Mayor"),
    ]
    for each in reversed(made):
        last.addnext(each)


def new_row(file: WordFile) -> None:
    """A row as Word makes it, with nothing but a step in it."""
    row = copy.deepcopy(file.row("Introduce the Bill"))
    for number, paragraph in enumerate(row.iter(f"{W}p")):
        for each in [*paragraph][1:]:
            paragraph.remove(each)
        paragraph.extend([*new_paragraph(paragraph, "Tell the press." if number == 0 else "")][1:])
        paragraph.attrib.pop(f"{W14}paraId", "")
    file.row("Introduce the Bill").addnext(row)


def row_behind(file: WordFile, words: str, *cells: str) -> None:
    """A row behind the one with `words`, as Word makes it, filled in."""
    row = copy.deepcopy(file.row(words))
    for cell, text in zip(row.iterfind(f"{W}tc"), cells, strict=True):
        first, *others = cell.iterfind(f"{W}p")
        made = new_paragraph(first, text)
        first.addprevious(made)
        for each in (first, *others):
            remove(each)
    file.row(words).addnext(row)


def copied_row(file: WordFile, words: str, old: str, new: str) -> None:
    """A row copied below itself, with one of its texts typed over."""
    row = copy.deepcopy(file.row(words))
    for paragraph in row.iter(f"{W}p"):
        paragraph.attrib.pop(f"{W14}paraId", "")
        for each in paragraph.iter(f"{W}t"):
            each.text = new if each.text == old else each.text
    file.row(words).addnext(row)


def heading_and_item(file: WordFile) -> None:
    """A heading taken out with the first item below it."""
    remove(file.find("Presentation"))
    remove(file.find("Whoever brings it back is"))


def two_new_rows(file: WordFile) -> None:
    """Two rows that say the same."""
    new_row(file)
    new_row(file)


def moved_quote(file: WordFile) -> None:
    """The last quote to the front, with what belongs to it."""
    parts = [file.find(each) for each in ("Councils would lose", "Petra Holm", "She asked for payment")]
    label, first = parts[0].getprevious(), file.find("We are not against a deposit").getprevious()
    assert label is not None and first is not None
    for each in (label, *parts):
        first.addprevious(each)


def tracked(file: WordFile) -> None:
    """A line deleted and another inserted in its place, as tracked changes."""
    paragraph = file.find("No shop under 100")
    for run in paragraph.findall(f"{W}r"):
        gone = etree.Element(f"{W}del", {f"{W}author": "Ann", f"{W}id": "9001"})
        run.addprevious(gone)
        gone.append(run)
        for each in run.iter(f"{W}t"):
            each.tag = f"{W}delText"
    new = etree.SubElement(paragraph, f"{W}ins", {f"{W}author": "Ann", f"{W}id": "9002"})
    etree.SubElement(etree.SubElement(new, f"{W}r"), f"{W}t").text = "All shops take part."


def in_header(file: WordFile) -> None:
    """Another marking in the headers."""
    for name in [each for each in file.parts if "header" in each]:
        file.parts[name] = file.parts[name].replace(b"OFFICIAL", b"SECRET")


def emptied_headers(file: WordFile) -> None:
    """Nothing left in the headers."""
    for name in [each for each in file.parts if "word/header" in each]:
        root = etree.fromstring(file.parts[name])
        for run in [*root.iter(f"{W}r", f"{W}fldSimple", f"{W}hyperlink")]:
            remove(run)
        file.parts[name] = etree.tostring(root)


def other_picture(file: WordFile) -> None:
    """Another picture in the place of one, with its alternative text."""
    name = next(each for each in file.parts if each.startswith("word/media/"))
    file.parts[name] += b"another"


def struck(run: etree._Element) -> None:
    """Strike a run through, as the button does."""
    bold(run)
    run.iter(f"{W}b").__next__().tag = f"{W}strike"


def styled(paragraph: etree._Element, style: str) -> etree._Element:
    """The paragraph in another style."""
    (found,) = paragraph.iterfind(f"{W}pPr/{W}pStyle")
    found.set(f"{W}val", style)
    return paragraph


RUBY = f'<w:r xmlns:w="{W[1:-1]}"><w:ruby><w:rubyBase><w:r><w:t>So.</w:t></w:r></w:rubyBase></w:ruby></w:r>'


def note(file: WordFile, kind: str, words: str, paragraph: etree._Element) -> None:
    """A new note in the part of the document that has them."""
    made = f'<w:{kind} w:id="77"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:{kind}></w:{kind}s>'
    file.parts[f"word/{kind}s.xml"] = file.parts[f"word/{kind}s.xml"].replace(f"</w:{kind}s>".encode(), made.encode())
    etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}{kind}Reference").set(f"{W}id", "77")


def endnote(file: WordFile) -> None:
    """A source that somebody cites."""
    note(file, "endnote", "A new source, 2026", file.find("Trade papers"))


def footnote(file: WordFile) -> None:
    """A footnote, the first of the document."""
    part_name = "/word/footnotes.xml"
    for name, sign, part in (
        ("[Content_Types].xml", b"</Types>", f'<Override PartName="{part_name}" ContentType="{CONTENT_TYPE.WML_FOOTNOTES}"/>'),
        ("word/_rels/document.xml.rels", b"</Relationships>",
         f'<Relationship Id="rIdF" Target="{part_name}" Type="{RELATIONSHIP_TYPE.FOOTNOTES}"/>'),
    ):  # fmt: skip
        file.parts[name] = file.parts[name].replace(sign, part.encode() + sign)
    file.parts["word/footnotes.xml"] = f'<w:footnotes xmlns:w="{W[1:-1]}"></w:footnotes>'.encode()
    words = "A </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>day</w:t></w:r><w:r><w:t> is missing."
    note(file, "footnote", words, file.find("The scheme pays for itself"))


def copied_quote(file: WordFile) -> None:
    """A quote copied, marks and all, behind the next one."""
    place = file.find("Evidence to the same meeting")
    attribution = file.find("Caspar Lindqvist")
    label, words, context = attribution.getprevious().getprevious(), attribution.getprevious(), attribution.getnext()  # type: ignore[union-attr]
    for each in (label, words, attribution, context):
        made = copy.deepcopy(each)
        place.addnext(made)  # type: ignore[arg-type]
        place = made  # type: ignore[assignment]


def most_gone(file: WordFile) -> None:
    """Nearly all of the document deleted."""
    for each in [*file.body][12:-3]:
        remove(each)


BROUGHT: list[tuple[str, Change, list[tuple[str, str]], list[str], list[str]]] = [
    ("a speaker and a date", attribution,
     [("changed", "text")] * 3, ["    speaker: Oona Tarrant", "    role: Director", "    date: 2026-05-18"],
     ["    speaker: Oona B. Tarrant", "    role: Deputy Director", "    date: 2026-05-19"]),
    ("a date in a cell", lambda f: f.replace("29\xa0June 2026", "6\xa0July 2026"), [("changed", "text")],
     ["    due: 2026-06-29"], ["    due: 2026-07-06"]),
    ("a status", lambda f: f.replace("Pending", "Cleared"), [("changed", "text")],
     ["  - {team: Communications, status: pending}"], ["  - {team: Communications, status: cleared}"]),
    ("a title with signs", lambda f: f.replace("A deposit on drinks containers", "A deposit on [all] containers"), [("changed", "text")],
     ["title: A deposit on drinks containers"], ["title: A deposit on [all] containers"]),
    ("signs in a text", lambda f: f.replace("Villages are left", "*Villages* are_left"), [("changed", "text")],
     ["    risk: Villages are left without a place to return containers."],
     [r"    risk: \*Villages\* are_left without a place to return containers."]),
    ("a cell of a table in a text", lambda f: f.replace("25 cents", "26 cents"), [("changed", "text")],
     ["      | Nordhaven | 25 cents | yes | 92 % |"], ["      | Nordhaven | 26 cents | yes | 92 % |"]),
    ("a source", lambda f: f.parts.update({"word/endnotes.xml": f.parts["word/endnotes.xml"].replace(b"Oona Tarrant", b"O. Tarrant")}),
     [("changed", "text")], ["    author: Oona Tarrant"], ["    author: O. Tarrant"]),
    ("a new quote", new_quote, [("changed", "new")], [],
     ["  - text: We need this now.", "    speaker: Jo Bloggs", "    role: Chair", "    organisation: Consumers First", "    date: 2026-06-02"]),
    ("two new quotes", two_new_quotes, [("changed", "new")] * 2, [],
     ["  - text: |-", "      We need this now.", "", "      And all of it.", "    speaker: Jo Bloggs", "    role: Chair",
      "    organisation: Consumers First", "    date: 2026-06-02", "  - text: Not on my watch.", "    speaker: Ann Roe", "    role: Mayor"]),
    ("a new row", new_row, [("changed", "new")], [], ["  - step: Tell the press."]),
    ("an emptied item", lambda f: typed_over(f, "No shop under 100", ""), [("changed", "deleted")],
     ["  - No shop under 100 square metres has to take part."], []),
    ("an optional text", lambda f: remove(f.find("Letter to you on the impact")), [("changed", "removed")],
     ["    context: Letter to you on the impact assessment."], []),
    ("a paragraph more", lambda f: behind(f, "Merrow sells", "A second thought."), [("changed", "text")],
     [], ["  A second thought.", ""]),
    ("a second paragraph in a cell", lambda f: behind(f, "47\xa0million", "And more."), [("changed", "text")],
     ["    cost: 47 million crowns a year"], ["    cost: |-", "      47 million crowns a year", "", "      And more."]),
    ("two new rows of the same words", two_new_rows, [("changed", "new")] * 2,
     [], ["  - step: Tell the press."] * 2),
    ("an item in a text", lambda f: behind(f, "The scheme pays for itself", "And more.", "ListBullet"), [("changed", "text")],
     [], ["      - And more.", ""]),
    ("a heading in a text", lambda f: behind(f, "The scheme pays for itself", "More", "Heading2"), [("changed", "text")],
     [], ["      ## More", ""]),
    ("a paragraph that becomes an item", lambda f: styled(f.find("Trade papers"), "ListBullet"), [("changed", "text")],
     ["          Trade papers will lead with the brewers. The local press will lead with the village shop."],
     ["          - Trade papers will lead with the brewers. The local press will lead with the village shop."]),
    ("a new row in a table of a text", lambda f: row_behind(f, "Calder Isles", "Newland", "5 cents", "no", "11 %"), [("changed", "text")],
     [], ["      | Newland | 5 cents | no | 11 % |"]),
    ("a row less in a table of a text", lambda f: remove(f.row("Calder Isles")), [("changed", "text")],
     ["      | Calder Isles | 10 cents | no | 77 % |"], []),
    ("a new row of several texts a cell",
     lambda f: copied_row(f, "Containers from abroad", "Containers from abroad are returned for the deposit.", "It rains."), [("changed", "new")], [],
     ["  - risk: It rains.", "    likelihood: low", "    impact: high", "    mitigation: A mark of its own on every container sold in Merrow.",
      "    owner: Scheme operator"]),
    ("a new row in a table", lambda f: row_behind(f, "Unclaimed deposits", "Grants", "1", "2"), [("changed", "new")],
     [], ["      - [Grants, 1, 2]"]),
    ("a new recommendation", lambda f: behind(f, "Noted", "That you note this.", "ListNumber"), [("changed", "new")],
     [], ["  - text: That you note this."]),
    ("a quote that is copied", copied_quote, [("changed", "new")], [],
     ["  - text: A deposit on glass and none on cartons would move drinks from one shelf to the other, and not one bottle out of the ditch.",
      "    speaker: Caspar Lindqvist", "    organisation: Brewers of Merrow", "    date: 2026-05-21", "    source: committee-minutes",
      "    locator: item 2", "    context: Evidence to the Committee on the Environment."]),
    ("a footnote", footnote, [("changed", "text")],
     ["      The scheme pays for itself but for one cent a container. Small shops may opt out. I should be grateful for replies by 26 June."],
     ["      The scheme pays for itself but for one cent a container. Small shops may opt out. I should be grateful for replies by 26 June.[^n1]",
      "", "      [^n1]: A **day** is missing."]),
    ("tracked changes", tracked, [("changed", "text")], ["  - No shop under 100 square metres has to take part."], ["  - All shops take part."]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "outcomes", "gone", "new"), [each[1:] for each in BROUGHT], ids=[each[0] for each in BROUGHT]
)
def test_an_edit_comes_home(
    desk: Desk, change: Change, outcomes: list[tuple[str, str]], gone: list[str], new: list[str]
) -> None:
    pulled = desk.pull(desk.edit(change), is_dry_run=True)
    assert (kinds(pulled), lines_changed(desk.data, pulled.after.decode())) == (outcomes, (gone, new))
    assert pulled.exit_code == 0 and not pulled.is_written


TOLD: list[tuple[str, Change, str, str]] = [
    ("a heading", lambda f: f.replace("What was said", "What they said"), "no-place", "What they said"),
    ("a box that was ticked", lambda f: f.replace("☐", "☒"), "no-place", "☒"),
    ("a header", in_header, "no-place", "SECRET"),
    ("text outside", lambda f: behind(f, "Options", "Mine."), "no-place", "Mine."),
    ("an attribution alone", lambda f: remove(f.find("Caspar Lindqvist")), "missing", "Caspar Lindqvist"),
    ("a paragraph in another section", lambda f: f.find("The scheme is popular").addprevious(f.find("Trade papers")), "moved", "Trade papers"),
    ("a picture", lambda f: remove(next(f.root.iter(f"{W}drawing"))), "missing", "a picture"),
    ("a picture for another", other_picture, "no-place", "is another one than was built"),
    ("a word that is struck out", lambda f: f.replace("programme of 2025", "programme of 2025", run=struck),
     "no-place", "a line through “programme of 2025”"),
    ("a text from another file", lambda f: f.find("Merrow sells").addnext(etree.Element(f"{W}altChunk")), "no-place", "a text from another file"),
    ("a reading aid", lambda f: f.find("What was said").append(etree.fromstring(RUBY)), "no-place", "What was saidSo."),
    ("an endnote", endnote, "no-place", "A new source, 2026"),
    ("the line of a signature", lambda f: remove(f.find("Hedda Moresby, Deputy Director, Waste", 1)), "missing", "one of the lines that print it"),
    ("a date that cannot be read", lambda f: row_behind(f, "Introduce the Bill", "Call them", "Press office", "next week"),
     "not-written", "next week"),
    ("another author in the line of authors", lambda f: f.replace("Hedda Moresby, Dep", "Jo Bloggs; Hedda Moresby, Dep"), "not-written", "Jo Bloggs"),
    ("a heading with its first item", heading_and_item,
     "missing", "Presentation"),
    ("empty headers", emptied_headers, "missing", "gone from the header"),
    ("a value from another file", lambda f: f.replace("52", "99"), "both-changed", "takes it from another file"),
    ("most of it", most_gone, "held-back", "Villages are left"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "kind", "words"), [each[1:] for each in TOLD], ids=[each[0] for each in TOLD])
def test_what_has_no_place_is_told(desk: Desk, change: Change, kind: str, words: str) -> None:
    pulled = desk.pull(desk.edit(change), is_dry_run=True)
    said_so = [
        each for each in pulled.outcomes if each.kind == kind and words in f"{each.message}{each.before}{each.after}"
    ]
    assert said_so and {each.status for each in pulled.outcomes} <= {"todo", "conflict", "changed"}
    assert pulled.exit_code == 4 and (pulled.after == pulled.before) is not any(
        each.status == "changed" for each in pulled.outcomes
    )


def test_of_a_long_text_that_has_no_place_the_beginning_is_shown(desk: Desk) -> None:
    pulled = desk.pull(desk.edit(lambda file: behind(file, "Options", "Mine it is. " * 9_000)), is_dry_run=True)
    shown = "\n".join(pulled.lines())
    assert "    + Mine it is. Mine" in shown and "…" in shown and len(shown) < 2_000
    assert len(str(pulled.as_json())) > 99_000


def test_beside_many_new_paragraphs_each_paragraph_is_looked_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def many(file: WordFile) -> None:
        behind(file, "Options", "Mine.")
        first = file.find("Mine.")
        for _ in range(400):
            first.addnext(copy.deepcopy(first))

    looked_at = 0
    read = NewText.read

    class Counted(list[EditedParagraph]):
        def __getitem__(self, place: Any) -> Any:
            nonlocal looked_at
            looked_at += 1
            return super().__getitem__(place)

    def counted(text: NewText) -> None:
        text._matching.after = Counted(text._matching.after)
        read(text)

    monkeypatch.setattr(NewText, "read", counted)
    pulled = desk.pull(desk.edit(many), is_dry_run=True)
    new = sum(each.after == "Mine." for each in pulled.outcomes)
    assert new > 400
    assert looked_at < 100 * new


AS_BUILT = "a deposit of 20 cents on plastic"


def cents(number: int) -> Change:
    """Another deposit."""
    return lambda file: file.replace(
        "deposit of 20 cents on plastic, metal and glass, with",
        f"deposit of {number} cents on plastic, metal and glass, with",
    )


def test_both_sides_changed(desk: Desk) -> None:
    desk.rewrite(AS_BUILT, "a deposit of 22 cents on plastic")
    desk.rewrite("an opt-out for small shops. It", "an exit for small shops. It")
    edited = desk.edit(cents(25))
    conflict = desk.pull(edited)
    (only,) = conflict.outcomes
    assert (only.status, only.path, conflict.exit_code) == (
        "conflict",
        "summary",
        4,
    ) and conflict.after == conflict.before
    assert "22 cents" in only.before and "25 cents" in only.after
    kept, taken = (desk.pull(edited, prefer=side, is_dry_run=True) for side in ("data", "docx"))
    assert (kept.exit_code, taken.exit_code) == (0, 0)
    assert (
        b"22 cents" in kept.after and b"a deposit of 25 cents on plastic, metal and glass, with an exit" in taken.after
    )


def test_an_item_deleted_here_and_changed_there(desk: Desk) -> None:
    desk.rewrite("step: Introduce the Bill.", "step: Introduce the Bill soon.")
    deleted = desk.pull(desk.edit(lambda file: remove(file.row("Introduce the Bill"))))
    assert kinds(deleted) == [("conflict", "both-changed")] and "Introduce the Bill soon." in desk.data
    desk.rewrite(
        "  - id: introduce\n    step: Introduce the Bill soon.\n    owner: Bill team\n    due: 2026-06-29\n", ""
    )
    edited = desk.pull(desk.edit(lambda file: file.replace("Introduce the Bill.", "Introduce it at once.")))
    assert kinds(edited) == [("conflict", "both-changed")] and "Introduce it at once." in edited.outcomes[0].after


def test_copies_are_taken_in_together(desk: Desk) -> None:
    first, second = (
        desk.edit(cents(25), "anna.docx"),
        desk.edit(lambda file: file.replace("opt-out for small shops.", "opt-out for tiny shops."), "ben.docx"),
    )
    one, other = (desk.pull(*paths, is_dry_run=True) for paths in ((first, second), (second, first)))
    assert (
        one.after == other.after
        and b"25 cents on plastic, metal and glass, with an opt-out for tiny shops" in one.after
    )
    clash = desk.pull(first, desk.edit(cents(30), "carl.docx"))
    (only,) = clash.outcomes
    assert only.status == "conflict" and [who.partition(" ")[0] for who in only.who] == ["anna.docx", "carl.docx"]
    gone = desk.edit(lambda file: remove(file.row("Introduce the Bill")), "dora.docx")
    kept = desk.edit(lambda file: file.replace("Introduce the Bill.", "Introduce it."), "emil.docx")
    assert kinds(desk.pull(gone, kept)) == [("conflict", "both-changed")]


def test_an_item_that_the_data_got_meanwhile_stays(desk: Desk) -> None:
    desk.rewrite("  - id: treasury\n    step", "  - id: press\n    step: Tell the press.\n  - id: treasury\n    step")
    desk.pull(desk.edit(lambda file: file.row("Settle the payment").addnext(file.row("Write round to Cabinet"))))
    ids = [line.split()[-1] for line in desk.data.split("next_steps:")[1].splitlines() if "- id:" in line][:4]
    assert sorted(ids) == ["introduce", "press", "treasury", "write-round"] and ids.index("introduce") < ids.index(
        "treasury"
    ) < ids.index("write-round")


def test_a_new_item_that_was_edited_in_the_data_is_not_taken_in_twice(desk: Desk) -> None:
    edited = desk.edit(lambda file: behind(file, "Eighty-eight in a hundred", "Two depots are closed after midnight."))
    assert kinds(desk.pull(edited)) == [("changed", "new")]
    desk.rewrite("Two depots are closed", "Two depots are still closed")
    again, taken = desk.pull(edited), desk.pull(edited, is_dry_run=True, prefer="docx")
    assert [(each.status, each.path) for each in again.outcomes] == [
        ("conflict", "lines_to_take[3]")
    ] and again.after == again.before
    assert taken.after.decode().count("Two depots") == 2


def test_an_edited_quote_is_checked_at_once(desk: Desk) -> None:
    pulled = desk.pull(desk.edit(lambda file: file.replace("Councils would lose", "Councils could lose")))
    assert [each.code for each in pulled.problems] == ["quote-altered"] and pulled.exit_code == 4 and pulled.is_written


def test_tracked_changes_can_be_rejected_or_stop_it(desk: Desk) -> None:
    edited = desk.edit(tracked)
    assert desk.pull(edited, revisions="reject").outcomes == ()
    stopped = desk.pull(edited, revisions="stop")
    assert (
        kinds(stopped) == [("todo", "tracked")] * 2
        and stopped.exit_code == 4
        and "by Ann" in stopped.outcomes[0].message
    )


def test_the_command_says_what_came_of_it(desk: Desk) -> None:
    edited = desk.edit(cents(25))
    run = briefing("pull", edited, "--into", desk.folder, "--json")
    (found,) = run.objects
    (change,) = found["changes"]
    assert (
        run.code == 0
        and found["written"]
        and (change["status"], change["path"], change["line"]) == ("changed", "summary", 59)
    )
    again = briefing("pull", edited, "--into", desk.folder, "--dry-run")
    assert again.code == 0 and "note: summary: the same edit stands in the data already" in again.out
