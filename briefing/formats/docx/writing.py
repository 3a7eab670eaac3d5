"""What is at hand while one document is written: styles, names, links, numbering and the traces of where text came
from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part

from briefing.formats.docx.names import Names, Origins
from briefing.formats.docx.numbering import Numbering
from briefing.formats.docx.style_book import StyleBook


@dataclass(slots=True)
class Links:
    """The external links of one part, each held once."""

    part: Part
    _known: dict[str, str] = field(default_factory=dict)

    def to(self, url: str) -> str:
        """The relationship id for `url`."""
        if url not in self._known:
            # Not `relate_to`, which looks through all relations of the part each time.
            identifier = f"rIdLink{len(self._known) + 1}"
            self.part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, url, identifier, is_external=True)
            self._known[url] = identifier
        return self._known[url]


@dataclass(slots=True)
class Sequences:
    """The counters behind numbered labels, kept beside Word's own so that both say what the tree says."""

    _last: dict[str, int] = field(default_factory=dict)

    def instruction(self, sequence: str, number: int) -> str:
        """The field code that gives `number` next in `sequence`; it is reset where counting on would give another
        number.
        """
        expected = self._last.get(sequence, 0) + 1
        self._last[sequence] = number
        return f"SEQ {sequence} \\* ARABIC" + ("" if number == expected else f" \\r {number}")


@dataclass(frozen=True, slots=True)
class Writing:
    """The state of one document being written, seen from one of its parts.

    `targets` are the ids of the nodes that cross-references lead to, each with the label that the node carries, if it
    does.
    """

    styles: StyleBook
    names: Names
    numbering: Numbering
    origins: Origins
    links: Links
    sequences: Sequences
    right_to_left: bool
    targets: Mapping[str, str | None]
    native_notes: bool = True

    def in_part(self, part: Part) -> Writing:
        """The same, for writing into another part, where no native note can stand."""
        return replace(self, links=Links(part), native_notes=False)
