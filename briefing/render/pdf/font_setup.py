"""Only bundled fonts: the same letters on every machine.

fontconfig reads its settings once, when the engine is loaded; `use_bundled_fonts` must run before that.
"""

from __future__ import annotations

import os
import tempfile
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
    """Make fontconfig, in this process, see the bundled fonts and no others. The settings live as long as the process."""
    folder = Path(tempfile.mkdtemp(prefix="briefing-fonts-"))
    settings = folder / "fonts.conf"
    fonts = escape(str(assets_folder() / "fonts"))
    settings.write_text(_SETTINGS.format(fonts=fonts, cache=escape(str(folder / "cache"))), encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(settings)
    os.environ.pop("FONTCONFIG_PATH", None)
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    import atexit
    import shutil

    atexit.register(shutil.rmtree, folder, ignore_errors=True)
