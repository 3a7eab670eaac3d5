"""How long the largest brief of each kind takes that the limits allow, and how much memory; it is built in all formats, or refused by a limit.

Run it on a machine that does nothing else: `python -m benchmarks.largest [KIND ...]`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.paired import BRIEFING, Command, Record
from benchmarks.scale import write_brief
from briefing.limits import Limits

MOST_SECONDS = 60
MOST_MEBIBYTES = 1500
FORMATS = ("-f", "pdf", "-f", "docx", "-f", "html")
MOST = Limits()
ITEMS = MOST.list_items
HEAD: dict[str, Any] = {"title": "Large", "date": "2026-03-14", "handling": "none", "summary": "It is large."}
_SENTENCE = "The office counted 1,250 households in the district, and says that it will count again. "


def _numbered(name: str, number: int, **more: Any) -> list[dict[str, Any]]:
    return [{"id": f"{name}-{each}", "title": f"Number {each}", **more} for each in range(number)]


def _after(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**each, "after": items[place - 1]["id"]} if place else each for place, each in enumerate(items)]


def _table(rows: int, columns: int) -> dict[str, Any]:
    heads = [{"label": "District"}, *({"label": f"C{each}"} for each in range(1, columns))]
    cells = [[f"District {row}", *(str(row * each) for each in range(1, columns))] for row in range(rows)]
    return {"id": f"table-{rows}", "caption": "A table", "columns": heads, "rows": cells}


def _chart(each: int) -> dict[str, Any]:
    series = [{"name": "North", "values": [each, 2, 3]}]
    return {
        "id": f"c-{each}",
        "caption": "So many",
        "chart": {"kind": "bar", "labels": ["May", "June", "July"], "series": series},
    }


KINDS: dict[str, Callable[[], dict[str, Any]]] = {
    "list items in one text": lambda: {"background": "- a\n" * (MOST.brief_values - 10)},
    "short paragraphs in one text": lambda: {"background": "a\n\n" * (MOST.brief_values - 10)},
    "one paragraph": lambda: {"background": _SENTENCE * (MOST.text_characters // len(_SENTENCE))},
    "a table": lambda: {"tables": [_table(ITEMS, 12)]},
    "tables of many values": lambda: {
        "tables": [_table(MOST.brief_values // 24 - 3, 12), _table(MOST.brief_values // 24 - 2, 12)]
    },
    "tables": lambda: {"tables": [{**_table(2, 3), "id": f"t-{each}"} for each in range(ITEMS)]},
    "sections": lambda: {"sections": _after(_numbered("part", ITEMS, body="It is so."))},
    "positions": lambda: {
        "proposition": "Do it.",
        "stakeholders": [{"name": f"Party {each}", "stance": "mixed", "influence": "low"} for each in range(ITEMS)],
    },
    "charts": lambda: {"figures": [_chart(each) for each in range(ITEMS)]},
    "events": lambda: {
        "timeline": [{"date": f"{1500 + each}-03-01", "event": "It happened."} for each in range(ITEMS)]
    },
    "sources": lambda: {
        "background": " ".join(f"So it is [@s-{each}]." for each in range(ITEMS)),
        "sources": [{"id": f"s-{each}", "title": f"Report {each}"} for each in range(ITEMS)],
    },
    "quotes": lambda: {
        "sources": [{"id": "report", "title": "Report", "published": "2026-03-01"}],
        "quotes": [
            {"text": f"We counted {each} of them.", "speaker": f"Mina Roth {each}", "source": "report"}
            for each in range(ITEMS)
        ],
    },
    "boxes": lambda: {"boxes": _numbered("box", ITEMS, body="It is so.")},
    "annexes": lambda: {"annexes": _numbered("annex", 26, body="It is so. " * 150)},
    "open questions": lambda: {
        "open_questions": [{"question": f"What is it, for the {each}th time?"} for each in range(ITEMS)]
    },
    "abbreviations": lambda: {
        "background": " ".join(f"The AB{each}C." for each in range(ITEMS)),
        "abbreviations": [{"short": f"AB{each}C", "long": f"Agency number {each}"} for each in range(ITEMS)],
    },
}


def main() -> None:
    """Measure, and say whether each was built or refused in time."""
    record = Record("largest")
    slowest, hungriest = 0.0, 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_brief(folder / "text", 118)
        for kind in sys.argv[1:] or ["text", *KINDS]:
            if kind != "text":
                (folder / kind).mkdir()
                (folder / kind / "brief.json").write_text(json.dumps({**HEAD, **KINDS[kind]()}), encoding="utf-8")
            call = (*BRIEFING, "build", kind, "-o", "out", *FORMATS)
            found = Command(kind, call, folder, may_fail=True).run()
            last = found.said.strip().splitlines()[-1]
            end = "built" if (folder / "out" / f"{kind}.pdf").exists() else last.partition(": ")[2]
            record.say(
                f"{kind:<30} {found.clock:6.1f} s, {found.computing:6.1f} s of computing, {found.mebibytes:5.0f} MiB: {end[:120]}"
            )
            slowest, hungriest = max(slowest, found.clock), max(hungriest, found.mebibytes)
    record.target("the slowest", slowest, MOST_SECONDS, "s")
    record.target("the largest process", hungriest, MOST_MEBIBYTES, "MiB")
    record.close()


if __name__ == "__main__":
    main()
