"""`python -m briefing.cli`."""

from briefing.cli.app import main

main()
