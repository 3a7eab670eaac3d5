"""Makes inputs and reads them: `python -m tests.security.fuzzing --inputs 2000`; what it found is printed as JSON.

The inputs follow from the seed: the same number always gives the same ones. `--guided` keeps each input that reaches a line of the program that
none before it reached, and changes that further; it is for the long runs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from tests.security.fuzzing.fuzzer import run
from tests.security.fuzzing.targets import TARGETS


def main() -> None:
    """Run what the arguments say."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--inputs", type=int, default=2_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--guided", action="store_true")
    arguments.add_argument("--kept", type=Path, help="a folder for the inputs that show a fault")
    arguments.add_argument("targets", nargs="*", help=", ".join(TARGETS))
    given = arguments.parse_args()
    if os.environ.get("PYTHONHASHSEED") != "0":  # the same inputs every time
        os.execve(
            sys.executable,
            [sys.executable, "-m", "tests.security.fuzzing", *sys.argv[1:]],
            {**os.environ, "PYTHONHASHSEED": "0"},
        )
    print(
        json.dumps(run(given.inputs, given.seed, given.targets, given.guided, given.kept), indent=1, ensure_ascii=False)
    )


if __name__ == "__main__":
    main()
