"""What others made is read within limits of time, memory and size, in a process that never outlives the one that started it."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from briefing.apart import ApartProcess
from briefing.compose.pictures import read_picture
from briefing.errors import DataError, UsageError
from briefing.formats.docx.writer import look_of
from briefing.lengths import A4
from briefing.limits import Limits, limited_by
from briefing.quotes.read_any import read_saved_text
from briefing.themes.theme import Theme
from tests.running import ROOT, briefing

FAST = Limits(reading_seconds=1)
LEAN = Limits(reading_megabytes=300)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: bytes) -> bytes:
    from docx import Document

    made, target = io.BytesIO(), io.BytesIO()
    Document().save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            is_body = entry.filename == "word/document.xml"
            new.writestr(entry.filename, body if is_body else old.read(entry))
    return target.getvalue()


def runs(count: int) -> bytes:
    return f"<w:document {W}><w:body><w:p>{'<w:r><w:t>a </w:t></w:r>' * count}</w:p></w:body></w:document>".encode()


def attributes(count: int) -> bytes:
    return b"<!doctype html><p " + b" ".join(b"a%d=1" % number for number in range(count)) + b">She said so.</p>"


HOSTILE: dict[str, tuple[str, Callable[[], bytes], Limits, str]] = {
    "many attributes on one tag": ("saved.html", lambda: attributes(200_000), FAST, "limits.reading_seconds"),
    "a Word document of many runs": ("saved.docx", lambda: word(runs(1_500_000)), LEAN, "limits.reading_megabytes"),
    "a Word document that unpacks to too much": (
        "saved.docx",
        lambda: word(b" " * 120_000_000),
        Limits(),
        "limits.saved_text_unpacked_bytes",
    ),
    "quotation marks": ("saved.txt", lambda: b'"' * 1_000_000, Limits(), "limits.saved_text_marks"),
    "one long word": ("saved.txt", lambda: b"a" * 3_000_000, Limits(), "limits.saved_text_word"),
    "a header of an e-mail": (
        "saved.eml",
        lambda: b"From: a@b.c\nCc: a" + b"(a)" * 100_000 + b"\nMIME-Version: 1.0\n\nShe said so.\n",
        FAST,
        "its header 'Cc' has 300,001 characters",
    ),
    "many words": ("saved.txt", lambda: b"a " * 3_000_000, Limits(), "limits.saved_text_characters"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_saved_text_that_takes_too_much_is_refused_and_the_limit_named(case: str, tmp_path: Path) -> None:
    name, made, most, limit = HOSTILE[case]
    (tmp_path / name).write_bytes(made())
    with limited_by(most), pytest.raises(DataError) as caught:
        read_saved_text(tmp_path, name)
    (problem,) = caught.value.problems
    assert problem.code == "too-large" and problem.message.startswith(f"'{name}'")
    assert f"'{limit}' in briefing.toml" in problem.hint or limit in problem.message
    # The next one is read all the same.
    (tmp_path / "sound.html").write_bytes(b"<!doctype html><p>She said so." + b"<p> " * 20_000)
    assert read_saved_text(tmp_path, "sound.html").text == "She said so."


STRANGE = {
    "no body": f"<w:document {W}/>",
    "another root": f"<w:styles {W}/>",
    "no XML at all": "<",
    "a body of another kind": "<document><body/></document>",
    "a text of half a character": f"<w:document {W}><w:body><w:p><w:r><w:sym w:char='FFFFFFFF'/></w:r></w:p></w:body></w:document>",
}


@pytest.mark.parametrize("body", STRANGE.values(), ids=STRANGE)
def test_a_strange_word_document_is_a_fault_and_none_of_the_program(body: str, tmp_path: Path) -> None:
    (tmp_path / "saved.docx").write_bytes(word(body.encode()))
    with pytest.raises(DataError) as caught:
        read_saved_text(tmp_path, "saved.docx")
    assert [problem.code for problem in caught.value.problems] == ["saved-text"]


def test_a_reference_document_that_takes_too_much_is_refused() -> None:
    with limited_by(LEAN), pytest.raises(UsageError) as caught:
        look_of(Theme.load(), word(runs(1_500_000)), A4)
    (problem,) = caught.value.problems
    assert problem.code == "reference-document" and "limits.reading_" in problem.hint


def test_a_large_picture_is_unpacked_apart(tmp_path: Path) -> None:
    Image.effect_noise((3_600, 2_300), 50).save(tmp_path / "large.png", compress_level=1)
    with limited_by(Limits(reading_megabytes=30)), pytest.raises(DataError) as caught:
        read_picture(tmp_path, "large.png", "figures[0].image")
    (problem,) = caught.value.problems
    assert problem.data_path == "figures[0].image" and "limits.reading_megabytes" in problem.hint
    assert read_picture(tmp_path, "large.png", "figures[0].image")[0].width == 2400


DEEP_IN_A_LIBRARY = """
import sys
from briefing.child import Child
child = Child("tests.security.test_bounded:never_ends")
child.send(seconds=100)
print(child._process.pid, flush=True)
child.receive()
"""


def never_ends() -> None:
    """Compute without letting any other thread of the process look."""
    import re

    re.match("(a+)+$", "a" * 60 + "b")


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_deep_in_a_library_ends_with_its_parent(ending: signal.Signals) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", DEEP_IN_A_LIBRARY], stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ}
    )
    with parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(0.5)
        parent.send_signal(ending)
        parent.wait()
    assert is_gone_soon(child)


def is_gone_soon(process: int) -> bool:
    """Whether a process ends, or is a corpse that nobody has fetched, before much time is gone."""
    for _ in range(600):
        try:
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.1)
    os.kill(process, signal.SIGKILL)
    return False


def test_limits_of_any_size_are_taken_and_what_a_child_says_is_bounded() -> None:
    apart = ApartProcess("tests.security.test_bounded:_talkative")
    try:
        apart.send(50_000, seconds=99_999_999_999, megabytes=99_999_999_999_999)
        assert apart.receive() == "said"
        assert len("\n".join(apart.last_words())) <= 100_000
    finally:
        apart.close()


def _talkative(lines: int) -> str:
    import resource

    os.write(2, b"It goes on.\n" * lines)
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] < 1 << 30, "what it says goes to a file"
    return "said"


def test_every_command_stops_in_time(tmp_path: Path) -> None:
    (tmp_path / "it.txt").write_text(("a" + "\u0301" * 9_000 + " ") * 90, encoding="utf-8")
    run = briefing("quotes", tmp_path / "it.txt", "--limit", "brief_seconds=1")
    assert run.code == 5 and run.err.rstrip().endswith("[time-limit]"), run


def test_a_picture_drawn_in_many_passes_is_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.effect_noise((300, 300), 50).save(made, "JPEG", progressive=True)
    data = made.getvalue()
    (tmp_path / "map.jpg").write_bytes(data)
    assert read_picture(tmp_path, "map.jpg", "figures[0].image")[0].width == 300
    (tmp_path / "map.jpg").write_bytes(data[:-2] + data[data.rindex(b"\xff\xda") : -2] * 300 + data[-2:])
    with pytest.raises(DataError, match="more than 200 passes"):
        read_picture(tmp_path, "map.jpg", "figures[0].image")


@pytest.mark.parametrize("size", ["1.2.3", ".", "9" * 400, "1e9"])
def test_a_logo_without_a_sound_size_is_a_fault(size: str, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(f"<svg xmlns='http://www.w3.org/2000/svg' width='{size}' height='4'/>")
    with pytest.raises(DataError) as caught:
        read_picture(tmp_path, "logo.svg", "office.logo", is_logo=True)
    assert [problem.code for problem in caught.value.problems] == ["bad-image"]


def test_a_broken_font_of_a_theme_is_a_fault_at_its_line(tmp_path: Path) -> None:
    data = bytearray((ROOT / "assets" / "fonts" / "dejavu-sans" / "DejaVuSans.ttf").read_bytes())
    entry = data.index(b"fpgm", 0, 400)
    start, size = (int.from_bytes(data[entry + at : entry + at + 4], "big") for at in (8, 12))
    data[start : start + size] = b"\xff" * size
    (tmp_path / "broken.ttf").write_bytes(data)
    (tmp_path / "theme.toml").write_text('[font]\nfamily = "Own"\nregular = "broken.ttf"\n')
    with pytest.raises(UsageError) as caught:
        Theme.load(tmp_path)
    (problem,) = caught.value.problems
    assert problem.code == "theme" and problem.place and problem.place.line == 3 and "broken" in problem.message


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("<style>rect{fill:" + "(" * 50_000 + "}</style>", "nested too deeply"),
        ("<style>" + ":nth-last-child(2n+1) {fill: red}" * 3_000 + "</style>", "more than 1 seconds"),
    ],
)
def test_the_styles_of_a_logo_are_followed_within_limits(style: str, told: str, tmp_path: Path) -> None:
    drawn = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{style}{'<rect/>' * 5_000}</svg>"
    (tmp_path / "logo.svg").write_text(drawn)
    with limited_by(FAST), pytest.raises(DataError) as caught:
        read_picture(tmp_path, "logo.svg", "office.logo", is_logo=True)
    (problem,) = caught.value.problems
    assert told in problem.message and problem.data_path == "office.logo"
