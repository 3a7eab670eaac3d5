"""Direct quotations in a saved article: where they stand, and who is stated to have said them.

The doors are :func:`briefing.quotes.finding.extraction.quotations` and :mod:`briefing.quotes.finding.paste`. Everything is worked
out by rule from the text itself; nothing is learned and nothing is fetched. `docs/quotes.md` is the contract.
"""
