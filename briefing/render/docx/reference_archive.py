"""Whether a file can be a reference document at all, seen from its archive, before anything in it is parsed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from docx.opc.constants import CONTENT_TYPE

from briefing.errors import Problem, UsageError
from briefing.render.docx.package import archive

_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES: Final = 200_000_000
_MOST_PARTS: Final = 5_000
_TYPES: Final = "[Content_Types].xml"
_TEMPLATE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_MACROS: Final = re.compile(r"\.macroEnabled|vnd\.ms-office\.vbaProject", re.IGNORECASE)
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_UNREADABLE: Final = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error)


def refusal(wrong: str, right: str) -> UsageError:
    """The error that says why a reference document cannot be used, and what to do."""
    return UsageError(Problem("reference-document", f"the reference document cannot be used: {wrong}", right))


def as_document(data: bytes) -> bytes:
    """The archive `data` as an ordinary DOCX file, a template (DOTX) being turned into one.

    Raises `UsageError` for what is no DOCX file, is encrypted, holds macros, is Strict Open XML, or unpacks to too
    much.
    """
    if data.startswith(_COMPOUND_FILE):
        raise refusal("it is encrypted, or a .doc file of Word 97", "save it as a DOCX file without a password")
    parts = _unpacked(data)
    types = parts[_TYPES].decode("utf-8", "replace")
    if _MACROS.search(types):
        raise refusal("it holds macros", "save it as a DOCX file without macros")
    if any(_STRICT in part for entry, part in parts.items() if entry.endswith(".rels")):
        raise refusal("it is a Strict Open XML document", "save it as 'Word Document (*.docx)'")
    if f'"{CONTENT_TYPE.WML_DOCUMENT_MAIN}"' not in types and f'"{_TEMPLATE}"' not in types:
        raise refusal("it is another kind of Office file", "name a file saved from Word or LibreOffice as DOCX or DOTX")
    if f'"{_TEMPLATE}"' not in types:
        return data
    parts[_TYPES] = types.replace(f'"{_TEMPLATE}"', f'"{CONTENT_TYPE.WML_DOCUMENT_MAIN}"').encode()
    return archive(parts.items())


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            entries = [entry for entry in source.infolist() if not entry.is_dir()]
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise refusal("it is too large", f"unpacked it may hold {_MOST_BYTES // 1_000_000} MB")
            parts = {entry.filename: source.read(entry) for entry in entries}
    except _UNREADABLE as error:
        raise refusal("it is not a DOCX file", "name a file saved from Word or LibreOffice as DOCX or DOTX") from error
    if _TYPES not in parts:
        raise refusal("it is not a DOCX file", "name a file saved from Word or LibreOffice as DOCX or DOTX")
    return parts
