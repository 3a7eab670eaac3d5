"""Places in TOML: tree-sitter's grammar says where each value stands, which the standard library's reader does not."""

from __future__ import annotations

from tree_sitter import Language, Node, Parser


class SyntaxTree:
    """A parsed text, its places given in characters."""

    def __init__(self, text: str, language: object) -> None:
        self._lines = text.encode().split(b"\n")
        self.root = Parser(Language(language)).parse(text.encode()).root_node

    def place(self, node: Node) -> tuple[int, int]:
        """The line and column of a node's first character, from 1."""
        row, column = node.start_point
        return row + 1, len(self._lines[row][:column].decode(errors="replace")) + 1


def text_of(node: Node) -> str:
    """The characters of a node."""
    assert node.text is not None
    return node.text.decode()
