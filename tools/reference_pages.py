"""Pages of the documentation that are made from the program: `make reference` writes them, a test holds them fresh."""

from __future__ import annotations

from pathlib import Path

from briefing.codes import CODES
from briefing.schema.new_brief import schema_text
from tests.running import ROOT, briefing
from tools.api_page import api_page
from tools.compressed_fonts import write_compressed_fonts
from tools.data_file_page import data_file_page
from tools.declarations import declarations_module
from tools.dependencies import bill_of_materials, dependencies_page
from tools.rules_page import rules_page


def problems_page() -> str:
    """The table of problem codes."""
    rows = "".join(f"| `{code}` | {meaning} |\n" for code, meaning in CODES.items())
    return (
        "# Problems\n\nEvery problem is printed as `file:line:column: severity: what is wrong; what would be right [code]`. The codes keep their "
        "meaning; scripts may rely on them.\n\n| code | means |\n| --- | --- |\n" + rows
    )


def commands_page() -> str:
    """The help of every command, as a terminal of 100 columns shows it."""
    parts = ["# Commands\n\nWhat each command says of itself with `--help`.\n"]
    for command in commands():
        run = briefing(*command.split(), "--help", COLUMNS="100", TERMINAL_WIDTH="100", TERM="dumb")
        assert run.code == 0, run.err
        text = "\n".join(line.rstrip() for line in run.out.strip().splitlines())
        parts.append(f"## briefing {command}".rstrip() + f"\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def commands() -> list[str]:
    """The program itself and its commands, in the order of its help."""
    from typer.main import get_command

    from briefing.cli.app import app

    named = dict(get_command(app).commands)  # type: ignore[attr-defined]
    below = [f"{name} {each}" for name, command in named.items() for each in getattr(command, "commands", ())]
    return ["", *(name for name, command in named.items() if not hasattr(command, "commands")), *below]


PAGES = {
    "briefing/formats/pdf/declarations.py": declarations_module,
    "docs/api.md": api_page,
    "docs/brief.schema.json": schema_text,
    "docs/data-file.md": data_file_page,
    "docs/dependencies.md": dependencies_page,
    "requirements/policy-brief-builder.cdx.json": bill_of_materials,
    "docs/problems.md": problems_page,
    "docs/commands.md": commands_page,
    "docs/rules.md": rules_page,
}


def main() -> None:
    """Write every page, and the compressed fonts."""
    write_compressed_fonts()
    for name, page in PAGES.items():
        (ROOT / Path(name)).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
