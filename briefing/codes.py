"""The stable names of everything the program can complain about, and what each one means.

Scripts and waivers refer to these names, so a name is never reused for another meaning. `docs/problems.md` is made from this table.
"""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    # usage
    "no-such-path": "A path given on the command line does not exist.",
    "not-a-brief": "A folder has no data file, or a file is not YAML, JSON or TOML.",
    "name-collision": "Two briefs of one call would write the same output file.",
    "bad-override": "A --set is not KEY=VALUE, or its key does not exist.",
    "bad-option": "A command-line option has a value that does not fit.",
    "already-exists": "A file or folder that would be made is there already.",
    # reading the data file
    "unreadable": "A file cannot be opened or read.",
    "too-large": "A file or a value is larger than the program accepts.",
    "encoding": "A text file is not valid UTF-8.",
    "syntax": "The file breaks the rules of YAML, JSON or TOML.",
    "duplicate-key": "A key stands twice in one mapping.",
    "forbidden-yaml": "A YAML feature that is not data: a tag, a merge key, several documents, a cycle.",
    "too-deep": "Values are nested deeper than the program accepts.",
    "too-many-aliases": "YAML aliases expand to more than the program accepts.",
    # the values
    "unknown-key": "A key that the data file does not know.",
    "missing-key": "A required key is missing.",
    "wrong-type": "A value is of the wrong kind: a list where text belongs, for example.",
    "bad-value": "A value is not one of the allowed ones.",
    "bad-date": "A date is not a real date in the form 2026, 2026-03 or 2026-03-14.",
    "bad-language": "A language tag is not a BCP 47 tag.",
    "bad-url": "A link is not a whole http, https or mailto address.",
    "bad-id": "An id has characters that ids may not have, or is too long.",
    "duplicate-id": "Two items of one kind have the same id.",
    "unknown-id": "An id is used that no item has.",
    "bad-path": "A path leads out of the brief's folder, is absolute, or names no file.",
    "bad-image": "A picture cannot be used: not PNG or JPEG, broken, or too large.",
    "saved-text": "The saved text of a source cannot be read: broken, encrypted, without words, or of a format that is not known.",
    "bad-text": "Text holds characters that cannot be printed or that hide what is said.",
    "empty-brief": "The brief has no section at all.",
    "cycle": "Items refer to each other in a circle.",
    "unlabelled-language": "There are no built-in labels in the brief's language; English ones are used.",
    # rendering and writing
    "theme": "The theme is missing a file, or a template of it is at fault.",
    "template": "A template of the theme failed.",
    "engine": "The layout engine reported a fault.",
    "missing-glyph": "No bundled font has a letter that the text needs.",
    "fetch-refused": "A template or style sheet asked for something outside the theme.",
    "time-limit": "Rendering took longer than allowed and was stopped.",
    "render-crash": "The rendering process ended without an answer.",
    "write-failed": "An output file could not be written.",
    "reference-document": "The reference document cannot be used.",
    "missing-style": "The reference document lacks a style; the nearest one is used.",
    # the finished files
    "disagreement": "A finished file does not say what the document tree says.",
    "not-visible": "Text stands in the finished file but cannot be seen on the page.",
    "untagged": "The finished PDF lacks a tag that assistive technology needs.",
    "internal": "A fault of the program itself; please report it.",
}
