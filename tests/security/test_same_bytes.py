"""The same inputs give the same bytes, whoever builds them, where, when, and on how many processors."""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

import pikepdf

from briefing.compression import deflated, split_png
from tests.running import EXAMPLES, ROOT, briefing

SOMEBODY = ("unshare", "--user")
"""Nobody's name and number, as the program sees it, where we may make a user namespace."""
ONE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1"}
OTHER = {"TZ": "America/Adak", "LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"}


def built(folder: Path, environment: dict[str, str], before: tuple[str, ...], processors: set[int]) -> dict[str, bytes]:
    shutil.copytree(EXAMPLES / "iss-withdrawal", folder, ignore=shutil.ignore_patterns("out"))
    home = folder.parent / "home"
    home.mkdir()
    for path in (folder.parent, home, folder):
        path.chmod(0o777)
    variables = {
        **os.environ,
        **environment,
        "HOME": str(home),
        "TMPDIR": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [*before, sys.executable, "-m", "briefing", "build", str(folder), "-f", "pdf", "-f", "docx", "-f", "html"]
    ours = os.sched_getaffinity(0)
    os.sched_setaffinity(0, processors)
    try:
        done = subprocess.run(command, cwd=folder.parent, env=variables, capture_output=True, text=True, check=False)
    finally:
        os.sched_setaffinity(0, ours)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in (folder / "out").glob("iss-withdrawal.*")}


def test_the_same_bytes_in_another_folder_by_another_user_in_another_place() -> None:
    can = shutil.which(SOMEBODY[0]) and subprocess.run([*SOMEBODY, "true"], check=False).returncode == 0
    all_of_them = os.sched_getaffinity(0)
    with tempfile.TemporaryDirectory() as place:  # pytest's own folders are open to nobody else
        Path(place).chmod(0o755)
        one = built(Path(place, "a", "iss-withdrawal"), ONE, (), {min(all_of_them)})
        other = built(Path(place, "b", "of another", "iss-withdrawal"), OTHER, SOMEBODY if can else (), all_of_them)
    assert len(one) == 3
    assert [name for name, data in one.items() if data != other[name]] == []


def test_nothing_is_compressed_by_a_library_of_the_machine(tmp_path: Path) -> None:
    """zlib and what Pillow brings of it give other bytes on other machines: each stream, part and picture is as our library makes it."""
    shutil.copytree(EXAMPLES / "basin-sitrep", tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("out"))
    done = briefing("build", tmp_path, "-f", "pdf", "-f", "docx", "-f", "html")
    assert done.code == 0, done.err
    outputs = {path.suffix: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    with pikepdf.open(io.BytesIO(outputs[".pdf"])) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Filter" in each]
        flat = [each.read_raw_bytes() for each in streams if each["/Filter"] == "/FlateDecode"]
        assert any(each.get("/Subtype") == "/Image" for each in streams)
    assert len(flat) > 10
    assert [each for each in flat if deflated(zlib.decompress(each)) != each] == []
    pictures = []
    with zipfile.ZipFile(io.BytesIO(outputs[".docx"])) as package:
        assert {each.compress_type for each in package.infolist()} == {zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED}
        for each in package.infolist():
            data = package.read(each)
            fonts_and_pictures = (".odttf", ".png", ".jpg")
            if not each.filename.endswith(fonts_and_pictures):
                assert each.compress_size == len(deflated(data)) - 6, each.filename
            pictures += [data] if each.filename.endswith(".png") else []
    pictures += [
        base64.b64decode(each) for each in re.findall(rb"data:image/png;base64,([A-Za-z0-9+/=]+)", outputs[".html"])
    ]
    assert len(pictures) > 3
    for picture in pictures:
        pixels = b"".join(held for kind, held in split_png(picture) if kind == b"IDAT")
        assert deflated(zlib.decompress(pixels)) == pixels
