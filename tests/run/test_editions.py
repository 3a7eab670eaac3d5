"""Editions: what is of lower priority or marked above one is left out before anything else happens, and in print it says so."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from briefing.rules.keeping import is_above
from tests.running import SMALL, Run, briefing, small_brief

SHORT = SMALL + (
    "risks:\n  - {risk: The river rises., priority: low}\n  - {risk: The dam breaks., priority: high}\n"
    "key_points:\n  - All is well.\n  - {text: The frogs are loud., priority: low}\n"
    "lines_to_take: [{text: We listen., priority: low}, {text: We act., priority: high}]\n"
    "next_steps:\n  - {step: Ask the Board., priority: low}\n  - {step: Warn the town.}\n"
)


def test_the_short_edition_says_how_much_of_what_it_leaves_out(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief", SHORT)
    run = briefing("build", folder, "--edition", "short", "-f", "html")
    assert run.code == 0, run.err
    page = (folder / "out" / "brief.short.html").read_text(encoding="utf-8")
    said = "short; left out, being of lower priority: Key points (1), Risks (1), Next steps (1), Lines to take (1)"
    assert said in page
    assert not any(gone in page for gone in ("river rises", "Ask the Board", "frogs", "We listen"))
    assert all(kept in page for kept in ("The dam breaks", "All is well", "We act"))
    assert briefing("build", folder, "-f", "html").code == 0
    assert "river rises" in (folder / "out" / "brief.html").read_text(encoding="utf-8")


def test_a_text_with_a_priority_is_one_like_the_others(tmp_path: Path) -> None:
    points = "key_points:\n  - text: One says so [@nobody].\n    priority: lowest\n  - {words: Two.}\n"
    run = briefing("check", small_brief(tmp_path / "brief", SMALL + points))
    line = len(SMALL.splitlines()) + 3
    assert f"brief.yaml:{line}:15: error: 'lowest' is not one of the values of 'priority'" in run.err
    assert f"brief.yaml:{line + 1}:6: error: 'words' is not a known key in key_points[1]" in run.err
    run = briefing("check", small_brief(tmp_path / "two", (SMALL + points).replace("est\n  - {words", "\n  - {text")))
    assert f"brief.yaml:{line - 1}:24: error: there is no source 'nobody'" in run.err


CANARY = "Quagga"
"""Every word that begins so stands in something that is marked above the edition's marking."""
SETTINGS = '[editions.open]\nmarking = "OFFICIAL"\n[editions.top]\npriority = "high"\n'
SECRET = """\
title: The harbour
date: 2026-03-14
language: en-GB
handling: {marking: SECRET, caveat: By hand}
series: {title: Weekly, number: 2, previous: last/brief.yaml}
order: [quagga_plan, background]
proposition: Widen the gate.
summary: The harbour HB is full [@gazette].
background: It was built long ago.
abbreviations:
  - {short: HB, long: harbour board}
  - {short: QB, long: Quaggaboard}
abbreviations_list: true
key_figures: [{value: "12", label: Quaggaships, marking: SECRET, sources: [gazette]}]
sectors: [{name: Quaggasector, needs: Quaggarooms for QB., marking: TOP SECRET}]
timeline:
  - {date: 2026-03-01, event: A vote., sources: [gazette, cable]}
  - {date: 2026-03-02, event: Quaggavote., marking: OFFICIAL-SENSITIVE}
quotes:
  - {id: loud, text: We pay., speaker: Nora Tamm, source: gazette}
  - {id: quagga_quote, text: Quaggawords are said., speaker: Quaggaspeaker, source: cable, marking: SECRET}
stakeholders:
  - {name: City, position: It pays., stance: opposed, quotes: [loud, quagga_quote], sources: [gazette]}
  - {name: Quaggaparty, position: It waits., stance: supportive, marking: UK SECRET, sources: [gazette]}
options: [{title: Quaggaoption, cost: Quaggamuch., marking: SECRET}]
risks:
  - {id: quagga_risk, risk: Quaggarisk., likelihood: high, impact: high, marking: SECRET - QUAGGACODE}
  - {id: flood, risk: The river rises., marking: OFFICIAL}
sections:
  - {id: quagga_plan, title: Quaggaplan, body: Quaggabody, marking: SECRET, sections: [{title: Quaggainner, body: Low., marking: OFFICIAL}]}
  - {id: open_plan, title: Open plan, body: "We plan [@gazette].", sections: [{title: Quaggadeep, body: Quaggadeepest, marking: SECRET}]}
figures:
  - {image: quagga.png, caption: Quaggacaption, alt: Quaggaalt, marking: SECRET}
  - {chart: {csv: quagga.csv}, caption: Quaggachart, alt: Quaggabars, marking: SECRET}
tables: [{id: quagga_table, caption: Quaggatable, csv: quagga.csv, marking: SECRET}]
boxes: [{title: Quaggabox, body: Quaggatext, marking: SECRET}]
annexes: [{title: Quaggaannex, body: Quaggaannexed, marking: SECRET}]
sources:
  - {id: gazette, title: Gazette, published: 2026-03-01, text: gazette.txt}
  - {id: cable, title: Quaggacable, published: 2026-03-01, text: quagga.txt, marking: SECRET}
  - {id: letter, title: Quaggaletter, published: 2026-03-01}
waivers:
  - {rule: undated-source, item: quagga_risk, reason: Quaggareason., until: 2027}
  - {rule: uncited-position, item: "stakeholders[1]", reason: Quaggagrounds., until: 2027}
"""
LAST = """\
title: The harbour
date: 2026-03-07
language: en-GB
handling: SECRET
series: {title: Weekly, number: 1}
summary: The harbour is full.
risks:
  - {id: flood, risk: The river rises., marking: OFFICIAL}
  - {id: fire, risk: Quaggafire., marking: SECRET}
"""


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_brief(tmp_path_factory.mktemp("secret") / "brief", SECRET)
    small_brief(folder / "last", LAST)
    Image.new("RGB", (40, 40), "teal").save(folder / "quagga.png")
    (folder / "quagga.csv").write_text("Quaggayear,Quaggacost\n2024,1\n2025,2\n", encoding="utf-8")
    (folder / "quagga.txt").write_text("Quaggawords are said.", encoding="utf-8")
    (folder / "gazette.txt").write_text("Nora Tamm said: “We pay.”", encoding="utf-8")
    (folder / "briefing.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


def unpacked(file: Path) -> list[bytes]:
    """Everything in a file: its bytes, its members, its streams with their filters taken off, and the words on its pages."""
    data = file.read_bytes()
    if file.suffix == ".docx":
        with zipfile.ZipFile(file) as package:
            return [
                data,
                *(each.filename.encode() for each in package.infolist()),
                *map(package.read, package.namelist()),
            ]
    if file.suffix != ".pdf":
        return [data]
    with pikepdf.open(file) as held, io.BytesIO() as plain:
        held.save(
            plain,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        strings = [
            str(each).encode()
            for found in held.objects
            if isinstance(found, pikepdf.Dictionary)
            for each in found.as_dict().values()
        ]
        strings += [each.read_bytes() for each in held.objects if isinstance(each, pikepdf.Stream)]
        unfiltered = plain.getvalue()
    with pypdfium2.PdfDocument(file) as pages:
        return [data, unfiltered, *strings, *(page.get_textpage().get_text_bounded().encode() for page in pages)]


def leaks(run: Run, folder: Path) -> set[str]:
    """Where a canary was found: in what was said, or in a file of the output folder, by name."""
    found = {name for name, said in (("stdout", run.out), ("stderr", run.err)) if CANARY.lower() in said.lower()}
    for file in folder.rglob("*") if folder.exists() else ():
        pieces = [file.name.encode(), *unpacked(file)]
        wanted = [CANARY.lower().encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
        found |= {file.name for piece in pieces for each in wanted if each in piece.lower()}
    return found


EVERY = ("-f", "pdf", "-f", "docx", "-f", "html", "--json")


def test_a_lower_marking_never_leaks_a_higher_one(secret: Path) -> None:
    out = secret / "out-open"
    call = ("--edition", "open", "--set", "risks[0].mitigation=Quaggawall.", "--redline-from", secret / "last")
    run = briefing("build", secret, *call, *EVERY, "-o", out)
    assert run.code == 0, run.err
    assert {each.name for each in out.iterdir()} == {
        *(f"brief.open.{suffix}" for suffix in ("pdf", "docx", "html", "redline.docx")),
        "manifest.json",
    }
    assert leaks(run, out) == set()
    page = (out / "brief.open.html").read_text(encoding="utf-8")
    assert "open; nothing marked above OFFICIAL" in page and "The river rises." in page and "We pay." in page
    assert "SECRET" not in page.replace("nothing marked above", "") and page.count("By hand") >= 2
    checked = briefing("check", secret, "--edition", "open", "--json")
    assert checked.code == 0 and leaks(checked, secret / "none") == set()


def test_the_search_for_leaks_finds_them(secret: Path) -> None:
    out = secret / "out-all"
    run = briefing("build", secret, *EVERY, "-o", out, "--set", "handling.marking=TOP SECRET")
    assert run.code == 0, run.err
    assert leaks(run, out) == {"stdout", "brief.pdf", "brief.docx", "brief.html", "manifest.json"}


@pytest.mark.parametrize("editions", [((), ("--edition", "open")), (("--edition", "open"), ())])
def test_one_manifest_beside_several_markings_has_the_words_of_none(
    editions: tuple[tuple[str, ...], ...], tmp_path: Path
) -> None:
    """The default folder is the same for all editions, and its manifest goes where the open files go."""
    quote = "quotes:\n  - {text: Quaggawords., speaker: Nora Tamm, source: gazette, marking: SECRET}\n"
    folder = small_brief(tmp_path / "brief", SMALL.replace("OFFICIAL", "SECRET") + quote)
    (folder / "briefing.toml").write_text(f"{SETTINGS}[rules]\nquote-unverified = 'warning'\n", encoding="utf-8")
    manifest, call = folder / "out" / "manifest.json", ("build", folder, "-f", "html", "--set", "background=Quaggaset.")
    for edition in editions:
        run = briefing(*(call if not edition else call[:-2]), *edition)
        assert run.code == 0, run.err
    said = manifest.read_text(encoding="utf-8")
    assert CANARY.lower() not in said.lower()
    record = json.loads(said)["briefs"]["brief"]
    assert record["checks"]["problems"], "codes and places stay"
    assert all(each["code"] and each["line"] for each in record["checks"]["problems"])
    (again,) = briefing(*call, "--json").objects
    assert (again["status"], again["exit_code"]) == ("unchanged", 0)
    assert [each["code"] for each in again["problems"]] == [each["code"] for each in record["checks"]["problems"]]
    assert briefing(*call, "--force").code == 0 and manifest.read_text(encoding="utf-8") == said


def test_a_broken_file_says_nothing_of_what_is_in_it(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief", SECRET.replace("{id: flood,", "{id: Quaggaflood: x,"))
    (folder / "briefing.toml").write_text(SETTINGS, encoding="utf-8")
    run = briefing("build", folder, "--edition", "open")
    assert run.code == 3 and "check it without --edition" in run.err and leaks(run, folder / "out") == set()


def told(folder: Path, *call: str) -> str:
    run = briefing("check", folder, *call)
    assert run.code in (2, 3), run.err
    return run.err


def test_what_is_marked_above_the_brief_is_a_fault_without_an_edition(tmp_path: Path) -> None:
    more = "risks:\n  - {risk: It burns., marking: SECRET}\n  - {risk: It leaks., marking: TLP:RED}\n"
    said = told(small_brief(tmp_path / "brief", SMALL + more))
    assert (
        "11:32: error: the item is marked 'SECRET', and the brief is released as 'OFFICIAL'; raise the brief's" in said
    )
    assert "12:32: error: 'TLP:RED' cannot be held against 'OFFICIAL', the marking of the brief; use one" in said
    assert said.count("[marked-above]") == 2


def test_what_names_something_left_out_is_a_fault_with_the_reason(tmp_path: Path) -> None:
    more = "risks:\n  - {id: fire, risk: It burns., priority: low}\nbackground: See [#fire].\n"
    said = told(small_brief(tmp_path / "brief", SMALL + more), "--edition", "short")
    assert "12:17: error: there is no item 'fire'; the edition 'short' leaves it out: " in said
    assert "there is no edition 'shirt'; did you mean 'short'?" in told(tmp_path / "brief", "--edition", "shirt")


def test_waivers_follow_their_items(tmp_path: Path) -> None:
    more = (
        "stakeholders:\n  - {name: A, position: Is late., priority: low}\n  - {name: B, position: Is early.}\n"
        "waivers:\n  - {rule: uncited-position, item: 'stakeholders[1]', reason: Known., until: 2027}\n"
        "  - {rule: uncited-position, item: 'stakeholders[0]', reason: Known., until: 2027}\n"
    )
    (result,) = briefing("check", small_brief(tmp_path / "brief", SMALL + more), "--edition", "short", "--json").objects
    assert result["problems"] == [] and [each["path"] for each in result["waived"]] == ["stakeholders[0].position"]


@pytest.mark.parametrize(
    ("marking", "other", "above"),
    [
        ("SECRET", "OFFICIAL", True),
        ("OFFICIAL - SENSITIVE", "OFFICIAL", True),
        ("UK SECRET - STRAP", "secret", False),
        ("TLP:AMBER+STRICT", "TLP:AMBER", True),
        ("TLP:CLEAR", "TLP:GREEN", False),
        ("TLP:RED", "SECRET", None),
        ("INTERNAL", "PUBLIC", True),
        ("INTERNAL", "SECRET", None),
        ("OFFICIAL", "none", True),
        ("none", "OFFICIAL", False),
    ],
)
def test_markings_stand_in_an_order(marking: str, other: str, above: bool | None) -> None:
    assert is_above(marking, other, ["PUBLIC", "INTERNAL"]) is above
