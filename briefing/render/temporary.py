"""A temporary folder that does not outlive its process for long, however that ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

PREFIX: Final = "briefing-render-"
SUFFIX: Final = ".briefing-part"
_OURS = re.compile(re.escape(PREFIX) + "[a-z0-9_]{8}" + re.escape(SUFFIX))
_OPENED: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class TemporaryFolder:
    """A fresh folder below the system's temporary one, until `remove`. Making one removes those whose processes were killed.

    Its process holds a lock on it, which ends with the process. A process number would not do: containers that share a temporary folder do not see
    each other's processes, and numbers come round again.
    """

    def __init__(self) -> None:
        remove_abandoned()
        self.path = Path()
        self._descriptor = -1
        while not self._is_made():
            os.close(self._descriptor)

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._descriptor)

    def _is_made(self) -> bool:
        """Make the folder. False when another process found it before we had locked it, and took it for an abandoned one."""
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, suffix=SUFFIX))
        self._descriptor = os.open(self.path, _OPENED)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks; there `remove_abandoned` removes nothing
            return True
        return self.path.exists()


def remove_abandoned() -> None:
    """Remove this user's temporary folders of processes that are no more."""
    with os.scandir(tempfile.gettempdir()) as entries:
        found = [entry.path for entry in entries if _OURS.fullmatch(entry.name)]
    for path in found:
        with contextlib.suppress(OSError):
            descriptor = os.open(path, _OPENED)
            try:
                if os.fstat(descriptor).st_uid == os.getuid():
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(descriptor)
