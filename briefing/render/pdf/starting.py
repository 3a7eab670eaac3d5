"""Loading the engine: with the bundled fonts alone, and without what its start-up wastes.

Import this before WeasyPrint, and nothing of WeasyPrint before this.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes.util
import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from briefing.resources import assets_folder

_SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <config><rescan><int>0</int></rescan></config>
</fontconfig>
"""


def use_bundled_fonts() -> None:
    """Make fontconfig, in this process, see the bundled fonts and no others. The settings live as long as the process.

    fontconfig reads its settings once, when the engine is loaded.
    """
    folder = Path(tempfile.mkdtemp(prefix="briefing-fonts-"))
    settings = folder / "fonts.conf"
    fonts = escape(str(assets_folder() / "fonts"))
    settings.write_text(_SETTINGS.format(fonts=fonts, cache=escape(str(folder / "cache"))), encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(settings)
    os.environ.pop("FONTCONFIG_PATH", None)
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


def put_off(*names: str) -> None:
    """Let the modules `names` load when something in them is first used.

    The engine imports fontTools' subsetter, which takes 0.15 s, and has no use for it where HarfBuzz's is installed.
    """
    for name in names:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None or name in sys.modules:
            continue
        spec.loader = importlib.util.LazyLoader(spec.loader)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)


@contextlib.contextmanager
def libraries_by_file_name() -> Iterator[None]:
    """Within this, libraries are found by the linker under their file names alone.

    The engine tries several names for each library, the file name (``libpango-1.0.so.0``) late; for each name that fails Python asks ldconfig,
    gcc and ld, which takes half a second on Linux.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search
