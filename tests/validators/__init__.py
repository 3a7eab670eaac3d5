"""The tools that the tests hold finished files against, one function a tool."""

from __future__ import annotations
