"""LibreOffice: an office suite that is not Word opens the document and lays it out."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from tests.validators.places import command

TIME_LIMIT = 180
"""In seconds, for one conversion, the first of which makes a profile; far more than it takes on two busy cores."""

_MODULE = "Changes"
_LIBRARY = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="{_MODULE}"/></library:library>
"""
_MACRO = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="{_MODULE}" script:language="StarBasic">
Sub Settle(source As String, target As String, order As String)
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  Dim plain()
  opening(0).Name = "Hidden"
  opening(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, opening())
  If Left(order, 8) = "replace:" Then
    For Each pair In Split(Mid(order, 9), "|")
      words = Split(pair, "=>")
      change = document.createReplaceDescriptor()
      change.SearchString = words(0)
      change.ReplaceString = words(1)
      document.replaceAll(change)
    Next
  ElseIf Len(order) Then
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    dispatcher.executeDispatch(document.CurrentController.Frame, order, "", 0, plain())
  End If
  saving(0).Name = "FilterName"
  saving(0).Value = "writer8"
  If Right(target, 5) = ".docx" Then saving(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, saving())
  document.close(True)
  StarDesktop.terminate()
End Sub
</script:module>
"""


def libreoffice_pdf(document: Path, folder: Path) -> Path:
    """The PDF that LibreOffice makes of `document`, in `folder`; tagged, as PDF/UA asks.

    Raises:
        ToolMissingError: When LibreOffice is not installed.
        AssertionError: When no PDF came out. LibreOffice's exit code says nothing about that.
    """
    target = folder / f"{document.stem}.pdf"
    assert not target.exists(), f"{target} is there already, and would be mistaken for LibreOffice's"
    done = subprocess.run(
        [
            command("soffice"),
            f"-env:UserInstallation={_profile().as_uri()}",
            "--headless",
            "--convert-to",
            'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}',
            "--outdir",
            str(folder),
            str(document),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=TIME_LIMIT,
        check=False,
    )
    assert target.is_file(), f"LibreOffice made no PDF of {document.name}: {done.stdout}{done.stderr}"
    return target


def libreoffice_settled(document: Path, target: Path, order: str) -> Path:
    """The ODT, or DOCX by its name, that LibreOffice saves as `target` after it opened `document` and did as told by `order`, one of its
    commands (``.uno:AcceptAllTrackedChanges``), ``replace:old=>new|other=>new`` for words in the place of others, or an empty string for
    nothing.

    Raises:
        ToolMissingError: When LibreOffice is not installed.
        AssertionError: When no ODT came out.
    """
    said = ", ".join(f'"{text}"' for text in (document.resolve().as_uri(), target.resolve().as_uri(), order))
    done = subprocess.run(
        [
            command("soffice"),
            f"-env:UserInstallation={_profile_with_macro().as_uri()}",
            "--headless",
            f"macro:///Standard.{_MODULE}.Settle({said})",
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=TIME_LIMIT,
        check=False,
    )
    assert target.is_file(), f"LibreOffice saved nothing of {document.name}: {done.stdout}{done.stderr}"
    return target


@cache
def _profile_with_macro() -> Path:
    """The same profile with a macro in it. LibreOffice makes the library when it first starts, over what is there."""
    subprocess.run(
        [command("soffice"), f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--terminate_after_init"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=TIME_LIMIT,
        check=True,
    )
    library = _profile() / "user" / "basic" / "Standard"
    (library / f"{_MODULE}.xba").write_text(_MACRO, encoding="utf-8")
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    return _profile()


@cache
def _profile() -> Path:
    """A profile of this process's own: two LibreOffices on one profile wait for each other, or stop."""
    folder = Path(tempfile.mkdtemp(prefix="libreoffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
