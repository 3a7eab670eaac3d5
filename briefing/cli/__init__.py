"""The command line: flags in, problems and exit codes out. One file a command."""

import gc

# So many new objects are made before Python looks for rubbish among them: loading and composing make hardly any, and one brief makes no more.
gc.set_threshold(300_000)

from briefing.cli.app import main  # noqa: E402

__all__ = ["main"]
