"""Nothing is fetched, and no file outside the brief's folder and the theme is read: a listener and a file outside stay untouched."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import briefing
from briefing.errors import BriefingError
from briefing.formats.html.format import page_of
from briefing.run.checks import check_all, compose_brief, house_of
from briefing.run.load import load
from briefing.themes.theme import Theme
from tests.docx import houses
from tests.running import EXAMPLES, ROOT, SMALL, small_brief
from tests.security.hostile import SECRET, Canary, unpacked, watched

NAMES: dict[str, Callable[[Path, Canary], str]] = {
    "a climbing path": lambda folder, canary: "../canary.txt",
    "an absolute path": lambda folder, canary: str(canary.file),
    "a path by way of the folder": lambda folder, canary: f"figures/../../{canary.file.name}",
    "percent-encoding": lambda folder, canary: "%2e%2e/canary.txt",
    "UNC": lambda folder, canary: "\\\\127.0.0.1\\share\\canary.txt",
    "a drive": lambda folder, canary: "C:/canary.txt",
    "a home folder": lambda folder, canary: "~/canary.txt",
    "an address": lambda folder, canary: canary.address,
    "an address of a file": lambda folder, canary: canary.file.as_uri(),
    "a device": lambda folder, canary: "/dev/stdin",
    "a link": lambda folder, canary: _linked(folder / "a.png", canary.file),
    "a link to a folder": lambda folder, canary: f"{_linked(folder / 'up', folder.parent)}/canary.txt",
}
KEYS = {
    "picture": "figures:\n  - {{image: '{}', caption: A map, alt: A map}}\n",
    "values": "tables:\n  - {{csv: '{}', caption: A table}}\n",
    "chart": "figures:\n  - {{chart: {{kind: line, unit: m, csv: '{}'}}, caption: C, alt: A line, sources: [gazette]}}\n",
    "logo": "office: {{name: An office, logo: '{}'}}\n",
    "Markdown": "background: '![x]({})'\n",
}


def _linked(link: Path, target: Path) -> str:
    link.symlink_to(target)
    return link.name


@pytest.mark.parametrize("name", NAMES)
def test_no_path_of_a_data_file_leads_out(name: str, tmp_path: Path) -> None:
    for number, (key, text) in enumerate([*KEYS.items(), ("source", "")]):
        folder = tmp_path / str(number) / "brief"
        folder.mkdir(parents=True)
        with watched(folder) as canary:
            path = NAMES[name](folder, canary)
            data = SMALL + text.format(path)
            if key == "source":
                data = data.replace("    title: Gazette\n", f"    title: Gazette\n    text: '{path}'\n")
            (result,) = check_all([small_brief(folder, data)])
        assert result.exit_code == 3, f"{key}: {result}"
        assert all(problem.place and problem.place.line for problem in result.problems)
        assert SECRET not in str(result) and canary.asked == [], key


def entity(canary: Canary) -> str:
    return f'<!DOCTYPE x [<!ENTITY canary SYSTEM "{canary.file.as_uri()}"><!ENTITY % far SYSTEM "{canary.address}"> %far;]>'


def word_file(canary: Canary) -> bytes:
    """A Word document that asks for the canary in every way that one can."""
    document = houses.letterhead()
    for code in (
        f'INCLUDETEXT "{canary.file}"',
        f'INCLUDEPICTURE "{canary.address}"',
        f'HYPERLINK "{canary.file.as_uri()}"',
    ):
        houses.field(document.sections[0].header.paragraphs[0], code, "shown")
    document.add_paragraph("She said: “The dam will hold.”")
    relations = {
        "attachedTemplate": canary.address,
        "image": canary.address,
        "oleObject": canary.file.as_uri(),
        "aFChunk": canary.address,
        "subDocument": canary.file.as_uri(),
    }
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    for kind, address in relations.items():
        document.part.rels.get_or_add_ext_rel(namespace + kind, address)
        document.part._settings_part.rels.get_or_add_ext_rel(namespace + kind, address)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(houses.data(document))) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part in ("word/styles.xml", "docProps/app.xml"):
                head, _, body = data.partition(b"?>")
                data = head + b"?>" + entity(canary).encode() + body
            new.writestr(part, data)
    return target.getvalue()


def page(canary: Canary) -> bytes:
    asks = f'<link rel="stylesheet" href="{canary.address}"><img src="{canary.address}"><iframe src="{canary.file.as_uri()}"></iframe>'
    more = f'<script src="{canary.address}"></script><object data="{canary.file.as_uri()}"></object><?xml-stylesheet href="{canary.address}"?>'
    return f"{entity(canary)}<html><base href='{canary.address}'>{asks}{more}<p>&canary; The dam will hold.</p></html>".encode()


SAVED: dict[str, Callable[[Canary], bytes]] = {
    "saved.html": page,
    "saved.xhtml": page,
    "saved.docx": word_file,
    "saved.md": lambda canary: f"![x]({canary.address}) [y](<{canary.file.as_uri()}>) The dam will hold.".encode(),
    "saved.eml": lambda canary: (
        f"MIME-Version: 1.0\nContent-Type: text/html\nContent-Base: {canary.address}\n\n".encode() + page(canary)
    ),
}


@pytest.mark.parametrize("name", SAVED)
def test_no_saved_text_is_followed(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "brief"
    folder.mkdir()
    quote = "quotes:\n  - {text: The dam will hold, speaker: The mayor, source: gazette}\n"
    with watched(folder) as canary:
        (folder / name).write_bytes(SAVED[name](canary))
        data = SMALL.replace("    title: Gazette\n", f"    title: Gazette\n    text: {name}\n") + quote
        (result,) = check_all([small_brief(folder, data)])
    assert SECRET not in str(result) and canary.asked == []
    assert [str(item.status) for item in result.evidence] == ["verbatim"]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{0}"/><use href="{0}#a"/></svg>'
THEMES: dict[str, str] = {
    "screen.css": '@import "{0}"; .brief {{ background: url({0}) }} @font-face {{ font-family: x; src: url("{1}") }}',
    "screen.css ": ".brief {{ background: url(asset:theme/../../canary.txt) }}",
    "screen.css  ": ".brief {{ background: url(asset:theme/%2e%2e/%2e%2e/canary.txt) }}",
    "screen.css   ": ".brief {{ background: url(asset:theme/link.png) }}",
    "blocks/paragraph.html.j2": "{{% include '../../../canary.txt' %}}",
    "blocks/paragraph.html.j2 ": "{{% include '{2}' %}}",
    "blocks/paragraph.html.j2  ": "{{% import '/etc/passwd' as x %}}",
    "screen.html.j2": "{{% extends '../canary.txt' %}}",
    "blocks/section.html.j2": '<img src="{0}" alt="x">' + SVG,
    "theme.toml": 'inherits = "../canary.txt"',
    "theme.toml ": '[office]\nname = "X"\nlogo = "../../canary.txt"',
    "theme.toml  ": '[office]\nname = "X"\nlogo = "link.png"',
    "theme.toml   ": '[font]\nfamily = "Own"\nregular = "../../canary.txt"',
    "theme.toml    ": '[font]\nfamily = "Own"\nregular = "link.png"',
}


@pytest.mark.parametrize("name", THEMES)
def test_no_theme_reaches_out(name: str, tmp_path: Path) -> None:
    theme = tmp_path / "themes" / "theme"
    (theme / "blocks").mkdir(parents=True)
    said = ""
    with watched(tmp_path / "themes") as canary:
        _linked(theme / "link.png", canary.file)
        (theme / name.strip()).write_text(THEMES[name].format(canary.address, canary.file.as_uri(), canary.file))
        try:
            look = Theme.load(theme)
            document = compose_brief(small_brief(tmp_path / "brief"))
            house_of(load(tmp_path / "brief" / "brief.yaml"), look)
            made = page_of(document, look)
            assert isinstance(made, bytes)
            said = str(page_of(document, look, made))
        except BriefingError as error:
            said = str(error)
    assert "internal" not in said and said not in ("", "()")
    assert SECRET not in said and canary.asked == []


def test_a_reference_document_brings_nothing_that_fetches(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "brief")
    with watched(folder) as canary:
        (tmp_path / "house.docx").write_bytes(word_file(canary))
        (output,) = briefing.build(folder, reference_doc=tmp_path / "house.docx", formats=["docx"]).outputs
    assert canary.asked == []
    for part in unpacked(output.path.read_bytes()):
        for mark in (SECRET, str(canary.port), canary.file.name, "attachedTemplate", "INCLUDETEXT", "ENTITY"):
            assert mark.encode() not in part, mark


def test_a_brief_is_built_where_there_is_no_network(tmp_path: Path) -> None:
    """In a network namespace without an interface, where the machine lets us make one."""
    apart = ["unshare", "--net", "--map-root-user"]
    can = shutil.which("unshare") and subprocess.run([*apart, "true"], capture_output=True, check=False).returncode == 0
    folder = shutil.copytree(
        EXAMPLES / "iss-withdrawal", tmp_path / "iss-withdrawal", ignore=shutil.ignore_patterns("out")
    )
    command = [*(apart if can else ()), sys.executable, "-m", "briefing", "build", str(folder), "-j", "1"]
    done = subprocess.run(
        [*command, "-f", "pdf", "-f", "docx", "-f", "html"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len([*(folder / "out").glob("iss-withdrawal.*")]) == 3
