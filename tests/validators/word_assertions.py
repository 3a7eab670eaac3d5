"""What must hold of every Word document we write, and neither validator looks at."""

from __future__ import annotations

from pathlib import Path

from tests.validators.word_accessibility import accessibility_faults
from tests.validators.word_package import read_word_package
from tests.validators.word_structure import structure_faults


def word_assertions(path: Path) -> list[str]:
    """The faults of structure and accessibility in the document at `path`, part first; empty when there are none.

    Raises:
        zipfile.BadZipFile: When it is not a package.
        lxml.etree.XMLSyntaxError: When one of its parts is not XML.
    """
    word = read_word_package(path)
    return [*structure_faults(word), *accessibility_faults(word)]
