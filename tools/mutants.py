"""What a run of the mutation tester found: how many changes to the code the tests noticed, and which they did not."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path

FOUND = Path("mutants/briefing")
EXPLAINED = Path("tests/survivors.toml")
LEAST = 0.9
"""The share of mutants that must be noticed."""
SURVIVED = 0
NOT_RUN = (None, 33)
"""What mutmut notes of a mutant that it did not try, or that no test reaches."""


def function(mutant: str) -> str:
    """The function that was changed, as it is called in the code: ``quotes.equality.Tokens.written``."""
    name = re.sub(r"__mutmut_\d+$", "", mutant).removeprefix("briefing.")
    module, _, changed = name.rpartition(".")
    return ".".join([module, *changed.removeprefix("x_").removeprefix("x\u01c1").split("\u01c1")])


def main() -> int:
    """Print each module's figures and the survivors; 1 when too many live or one is not explained."""
    explained: dict[str, dict[str, object]] = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))
    noticed, all_of_them = Counter[str](), Counter[str]()
    survivors: Counter[str] = Counter()
    for file in sorted(FOUND.rglob("*.meta")):
        codes = json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
        module = str(file.relative_to(FOUND)).removesuffix(".meta")
        for mutant, code in codes.items():
            all_of_them[module] += 1
            noticed[module] += code != SURVIVED and code not in NOT_RUN
            if code == SURVIVED or code in NOT_RUN:
                survivors[function(mutant)] += 1
    for module, count in all_of_them.items():
        print(f"{module}: {noticed[module]} of {count} noticed ({noticed[module] / count:.0%})")
    unexplained = [
        name for name, count in survivors.items() if count > int(str(explained.get(name, {}).get("count", 0)))
    ]
    for name in sorted(survivors):
        print(f"  {survivors[name]:3} not noticed in {name}{' (not explained)' if name in unexplained else ''}")
    share = noticed.total() / max(all_of_them.total(), 1)
    print(f"{noticed.total()} of {all_of_them.total()} noticed ({share:.1%})")
    return 1 if share < LEAST or unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
