"""A brief as one issue of a series: what changed since the last, what the next begins with, and the ledger of what was built.

Nothing is imported here, because reading the ledger must not pay for the schema: import from the modules.
"""
