"""What is loaded when: the process that renders starts before we load what it does not need, and nobody loads what no call needs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.running import ROOT, briefing, small_brief


def loaded(code: str, folder: Path) -> set[str]:
    """The names of modules that `code`, in a new process, prints; it gets `folder` as its argument."""
    run = subprocess.run([sys.executable, "-c", code, folder], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout.splitlines()[-1]))


BUILD = """
import json, sys
from briefing.formats.pdf.process import PdfProcess
def enter(process):
    print(json.dumps(list(sys.modules)), flush=True)
    raise SystemExit
PdfProcess.__enter__ = enter
from briefing.cli.app import app
app(["build", sys.argv[1], "--jobs", "2", "--quiet"])
"""


def test_the_renderer_is_started_before_what_it_does_not_need_is_loaded(tmp_path: Path) -> None:
    early = loaded(BUILD, small_brief(tmp_path / "small"))
    assert not early & {
        "briefing.run.work",
        "briefing.schema",
        "docx",
        "pikepdf",
        "pypdfium2",
        "PIL",
        "babel",
    }


def test_the_engine_loads_neither_a_parser_of_c_nor_a_subsetter_nor_a_schema(tmp_path: Path) -> None:
    code = "import json, sys, briefing.formats.pdf.engine; print(json.dumps(list(sys.modules)))"
    found = loaded(code, tmp_path)
    assert "weasyprint.text.ffi" in found
    assert not found & {
        "pydantic",
        "pypdfium2",
        "pikepdf",
        "pycparser",
        "fontTools.varLib",
        "fontTools.subset.svg",
        "fontTools.feaLib",
    }


def test_checking_a_plain_brief_loads_no_reader_of_documents_and_no_writer(tmp_path: Path) -> None:
    code = "import json, sys, briefing; list(briefing.check_all([sys.argv[1]])); print(json.dumps(list(sys.modules)))"
    found = loaded(code, small_brief(tmp_path / "small"))
    assert "briefing.rules" in found
    assert not found & {
        "docx",
        "lxml",
        "pypdfium2",
        "pikepdf",
        "PIL",
        "rapidfuzz",
        "charset_normalizer",
        "jinja2",
    }


COMMAND = """
import json, sys
from briefing.cli.app import app
try:
    app([*{0!r}, *sys.argv[1:]])
except SystemExit as ended:
    assert ended.code == 0
print(json.dumps(list(sys.modules)))
"""


def test_help_loads_only_what_reads_a_call(tmp_path: Path) -> None:
    found = loaded(COMMAND.format(["build", "--help"]), tmp_path)
    assert not found & {
        "pydantic",
        "rich",
        "tomllib",
        "tempfile",
        "hashlib",
        "briefing.themes.theme",
        "briefing.run.result",
    }


def test_what_finds_a_brief_unchanged_loads_nothing_that_builds_or_checks(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "small")
    assert briefing("build", folder, "-f", "html").code == 0
    found = loaded(COMMAND.format(["build", "-f", "html"]), folder)
    assert "briefing.run.ledger" in found
    assert not found & {
        "pydantic",
        "rich",
        "weasyprint",
        "docx",
        "ruamel",
        "babel",
        "briefing.schema",
        "briefing.run.work",
    }
