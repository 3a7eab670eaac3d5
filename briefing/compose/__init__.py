"""Brief to Document: what stands where, in which words, under which number."""

from briefing.compose.composer import resolve

__all__ = ["resolve"]
