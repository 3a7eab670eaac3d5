"""The command line: flags in, problems and exit codes out. One file a command."""

from briefing.cli.app import main

__all__ = ["main"]
