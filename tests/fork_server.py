"""Runs the command line again and again, each time in a process of its own, without importing it each time.

Each line on the standard input is one run as JSON: its arguments, working folder, environment, and the files for its three streams. The answer
is a line with the exit code.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import pkgutil
import sys
import tempfile
import threading
import time
import traceback

import briefing
from briefing.cli.app import main


def run(arguments: list[str], folder: str, environment: dict[str, str], streams: list[str]) -> int:
    """Become `briefing` with these arguments, as a new process would; what it ends with."""
    for number, (stream, how) in enumerate(zip(streams, (os.O_RDONLY, *2 * (os.O_WRONLY,)), strict=True)):
        opened = os.open(stream, how | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115 - they stay open as long as the process
        for number, mode, errors in ((0, "r", "strict"), (1, "w", "strict"), (2, "w", "backslashreplace"))
    )
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    tempfile.tempdir = None
    os.chdir(folder)
    sys.argv = ["briefing", *arguments]
    code: object = 0
    try:
        main()
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 1
    # As an interpreter ends: its threads first, which give back what they hold; `os._exit` waits for none.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else int(code is not None)


def load() -> None:
    """Import the whole program, but for what loads the engine, which only the process that renders does."""
    for module in pkgutil.walk_packages(briefing.__path__, "briefing."):
        if not module.name.startswith(("briefing.__main__", "briefing.formats.pdf")):
            importlib.import_module(module.name)


def serve() -> None:
    """Fork once for each line."""
    load()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os._exit(run(*json.loads(line)))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    serve()
