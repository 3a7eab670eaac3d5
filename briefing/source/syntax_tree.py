"""Places in TOML: tree-sitter's grammar says where each value stands, which the standard library's reader does not."""

from __future__ import annotations

from tree_sitter import Language, Node, Parser


class SyntaxTree:
    """A parsed text, its places given in characters."""

    def __init__(self, text: str, language: object) -> None:
        self._lines = text.encode().split(b"\n")
        self._known = (0, 0, 0)
        self.root = Parser(Language(language)).parse(text.encode()).root_node

    def place(self, node: Node) -> tuple[int, int]:
        """The line and column of a node's first character, from 1."""
        row, column = node.start_point
        # Nodes are asked for mostly in order: counting goes on from the last one, or a long line would be counted again for each of its values.
        known_row, known_column, characters = self._known
        if row != known_row or column < known_column:
            known_column = characters = 0
        characters += len(self._lines[row][known_column:column].decode(errors="replace"))
        self._known = (row, column, characters)
        return row + 1, characters + 1


def text_of(node: Node) -> str:
    """The characters of a node."""
    assert node.text is not None
    return node.text.decode()
