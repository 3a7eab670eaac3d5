"""Brief to Document: what stands where, in which words, under which number."""

from briefing.resolve.compose import resolve

__all__ = ["resolve"]
