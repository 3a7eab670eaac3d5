"""Where the rooms are joined: whatever the command line can do is a function here."""

from briefing.build.new import new
from briefing.build.result import BuildResult, Output, Status
from briefing.build.run import DEFAULT_THEME, FORMATS, build, build_all

__all__ = ["DEFAULT_THEME", "FORMATS", "BuildResult", "Output", "Status", "build", "build_all", "new"]
