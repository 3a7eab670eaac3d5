"""`briefing build` from outside: files, names, streams and exit codes."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

import pytest

from tests.running import EXAMPLES, SMALL, briefing, small_brief


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_builds_both_formats_into_out(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "water-weekly")
    run = briefing("build", folder)
    assert (run.code, run.err) == (0, "")
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "manifest.json",
        "water-weekly.docx",
        "water-weekly.pdf",
    ]
    assert "water-weekly.pdf (1 page)" in run.out


def test_output_folder_and_one_format(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "a")
    run = briefing("build", folder, "-f", "docx", "-o", tmp_path / "x" / "y")
    assert run.code == 0
    assert sorted(path.name for path in (tmp_path / "x" / "y").iterdir()) == ["a.docx", "manifest.json"]
    assert not (folder / "out").exists()


def test_a_data_file_of_another_name_gives_its_stem(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "a", name="march.yaml")
    assert briefing("build", folder / "march.yaml", "-f", "docx").code == 0
    assert (folder / "out" / "march.docx").is_file()


def test_the_current_folder_has_a_name(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "here")
    assert briefing("build", ".", "-f", "docx", cwd=folder).code == 0
    assert (folder / "out" / "here.docx").is_file()


def test_json_holds_the_same(tmp_path: Path) -> None:
    small_brief(tmp_path / "brief", SMALL)
    small_brief(
        tmp_path / "json" / "brief",
        '{"title": "A small brief", "date": "2026-03-14", "language": "en-GB", "handling": {"marking": "OFFICIAL"},'
        ' "summary": "It is small, and it cites a source [@gazette, p. 2].",'
        ' "sources": [{"id": "gazette", "title": "Gazette", "published": "2026-03-01"}]}',
        "brief.json",
    )
    trees = {briefing("tree", tmp_path / where / "brief").out for where in (".", "json")}
    assert len(trees) == 1 and "Gazette" in trees.pop()


def test_a_brief_in_toml_is_refused_with_what_to_do(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "briefs" / "old", 'title = "A small brief"\n', "brief.toml")
    said = f"{folder / 'brief.toml'}: error: a brief is not written in TOML; write it in YAML or JSON"
    for path in (folder, folder / "brief.toml", tmp_path / "briefs", tmp_path / "briefs" / "*"):
        run = briefing("check", path)
        assert (run.code, run.err.startswith(said)) == (2, True), run.err
    small_brief(folder)
    assert briefing("check", folder).code == 0


def test_json_gives_one_object_a_brief(tmp_path: Path) -> None:
    good, bad = small_brief(tmp_path / "good"), small_brief(tmp_path / "bad", "title: x\n")
    run = briefing("build", good, bad, "-f", "docx", "--json")
    assert run.code == 3
    second, first = sorted(run.objects, key=lambda each: str(each["brief"]))
    assert (first["brief"], first["status"], first["exit_code"]) == ("good", "built", 0)
    assert first["outputs"][0]["sha256"] == digest(good / "out" / "good.docx")
    assert (second["brief"], second["status"], second["exit_code"]) == ("bad", "failed", 3)
    assert {problem["code"] for problem in second["problems"]} >= {"missing-key"}
    assert all(problem["line"] for problem in second["problems"])


def test_quiet_says_nothing_when_all_is_well(tmp_path: Path) -> None:
    run = briefing("build", small_brief(tmp_path / "a"), "-f", "docx", "--quiet")
    assert (run.code, run.out, run.err) == (0, "", "")


def test_faults_are_told_with_their_places_and_cost_nothing(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "a")
    assert briefing("build", folder, "-f", "docx").code == 0
    before = digest(folder / "out" / "a.docx")
    (folder / "brief.yaml").write_text(
        SMALL.replace("summary:", "sumary:").replace("2026-03-14", "2026-02-30"), encoding="utf-8"
    )
    run = briefing("build", folder, "-f", "docx")
    assert run.code == 3
    assert f"{folder / 'brief.yaml'}:2:7: error: there is no day 30 in 2026-02" in run.err
    assert f"{folder / 'brief.yaml'}:5:1: error: " in run.err and "did you mean 'summary'?" in run.err
    assert digest(folder / "out" / "a.docx") == before
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["a.docx", "manifest.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "nowhere"], "there is no such file or folder"),
        (["build", "empty"], "no data file is in the folder or below it"),
        (["build", "empty", "-f", "pfd"], "did you mean 'pdf'?"),
        (["build", "good", "--theme", "polcy"], "did you mean 'policy'?"),
        (["build", "good", "--reference-doc", "nothing.docx"], "it cannot be read"),
        (["build", "good", "good/../twin/good", "-o", "same"], "it would be written to the same file"),
        (["build", "good", "--set", "titel=x"], "did you mean 'title'?"),
        (["build", "good", "--nonsense"], "No such option"),
        (["build"], "Missing argument"),
        (["new", "good"], "it is there already"),
    ],
)
def test_usage_is_exit_code_2(tmp_path: Path, arguments: list[str], said: str) -> None:
    small_brief(tmp_path / "good")
    small_brief(tmp_path / "twin" / "good")
    (tmp_path / "empty").mkdir()
    run = briefing(*arguments, cwd=tmp_path)
    assert run.code == 2, run.err
    assert said in run.err


def test_a_folder_that_cannot_be_written_is_exit_code_5(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "a")
    (folder / "out").write_text("in the way", encoding="utf-8")
    run = briefing("build", folder, "-f", "docx")
    assert run.code == 5
    assert "a file stands where the folder" in run.err
    assert (folder / "out").read_text(encoding="utf-8") == "in the way"


def test_a_theme_that_hides_text_is_exit_code_4_and_names_the_node(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "a")
    assert briefing("build", folder).code == 0
    before = digest(folder / "out" / "a.pdf")
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "theme.toml").write_text('inherits = "policy"\n', encoding="utf-8")
    (theme / "print.css").write_text("#summary\\.1 { display: none }\n", encoding="utf-8")
    run = briefing("build", folder, "--theme", theme)
    assert run.code == 4, run.err
    assert "summary" in run.err and f"{folder / 'brief.yaml'}:5:" in run.err
    assert digest(folder / "out" / "a.pdf") == before


def test_set_overrides_a_field(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "a")
    run = briefing("tree", folder, "--set", "title=Another title")
    assert run.code == 0 and "Another title" in run.out


def test_values_are_never_markup(tmp_path: Path) -> None:
    nasty = "{{ 7*7 }} {% raw %} a < b > c & d ]]> url(x)"
    marked = r"\<b>x\</b> \<w:t> \</style> \&amp;"
    folder = small_brief(
        tmp_path / "a", SMALL.replace("A small brief", f"'{nasty}'").replace("It is small", f"See {nasty} {marked}")
    )
    run = briefing("build", folder)
    assert run.code == 0, run.err


@pytest.mark.parametrize("name", ["iss-withdrawal", "veska-flood-storage"])
def test_the_same_bytes_on_any_day_in_any_folder(tmp_path: Path, name: str) -> None:
    digests = []
    for number, (zone, seed, language) in enumerate([("Asia/Tokyo", "1", "C.UTF-8"), ("America/Lima", "2", "C")]):
        folder = tmp_path / f"folder {number}" / name
        shutil.copytree(EXAMPLES / name, folder, ignore=shutil.ignore_patterns("out"))
        run = briefing(
            "build", folder, "-o", tmp_path / str(number), TZ=zone, PYTHONHASHSEED=seed, LANG=language, LC_ALL=language
        )
        assert run.code == 0, run.err
        digests.append({path.name: digest(path) for path in (tmp_path / str(number)).glob(f"{name}.*")})
    assert digests[0] == digests[1] and len(digests[0]) == 2


def test_help_does_not_import_the_engines() -> None:
    import subprocess

    code = (
        "import sys\nsys.argv = ['briefing', 'build', '--help']\n"
        "from briefing.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'weasyprint', 'docx', 'pypdfium2', 'PIL', 'babel', 'lxml'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "--reference-doc" in done.stdout
