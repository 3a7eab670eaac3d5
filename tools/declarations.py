"""The engine's declarations of the C libraries that it calls, compiled ahead."""

from __future__ import annotations

import contextlib
import hashlib
import re
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

from cffi import FFI  # type: ignore[import-untyped]

from briefing.formats.pdf.starting import source_of_declarations

_HEADER: Final = '''"""The declarations in WeasyPrint {version}'s `text/ffi.py`, as cffi compiles them; `make reference` writes this file."""

SOURCE = "{digest}"
"""The SHA-256 of the file that they were read from."""
ARGUMENTS = dict(
'''


def declarations_module() -> str:
    """The module, as Python source."""
    source = source_of_declarations().read_bytes()
    (declared,) = re.findall(r"ffi\.cdef\('''(.*?)'''\)", source.decode(), re.DOTALL)
    compiler = FFI()
    compiler.cdef(declared)
    compiler.set_source("declarations", None)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "declarations.py")
        with contextlib.redirect_stdout(None):
            compiler.emit_python_code(str(made))
        _, _, arguments = made.read_text(encoding="utf-8").partition("_cffi_backend.FFI('declarations',\n")
    header = _HEADER.format(version=version("weasyprint"), digest=hashlib.sha256(source).hexdigest())
    return f"{header}{arguments.rstrip()}\n"
