"""LibreOffice accepting or rejecting every tracked change of a file, by a macro in a profile of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Settling" script:language="StarBasic">
Sub Settle(source, target, verb)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  paper = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(paper.CurrentController.Frame, ".uno:" &amp; verb, "", 0, Array())
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = "FilterName" : form(0).Value = "MS Word 2007 XML"
  paper.storeToURL(target, form())
  paper.close(True)
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Settling"/></library:library>
"""


def settled(data: bytes, folder: Path, *, accept: bool) -> bytes:
    """The file as LibreOffice saves it after accepting, or rejecting, all changes."""
    basic = folder / "office" / "user" / "basic" / "Standard"
    if not (basic / "Settling.xba").exists():
        if not basic.exists():
            _call(folder, "--terminate_after_init")
        basic.mkdir(parents=True, exist_ok=True)
        (basic / "Settling.xba").write_text(_MACRO, "utf-8")
        (basic / "script.xlb").write_text(_LIBRARY, "utf-8")
    source, target = folder / "marked.docx", folder / "settled.docx"
    source.write_bytes(data)
    target.unlink(missing_ok=True)
    verb = "AcceptAllTrackedChanges" if accept else "RejectAllTrackedChanges"
    _call(folder, f'macro:///Standard.Settling.Settle("{source.as_uri()}","{target.as_uri()}","{verb}")')
    return target.read_bytes()


def _call(folder: Path, *arguments: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    subprocess.run(["soffice", "--headless", profile, *arguments], check=True, capture_output=True, timeout=180)
