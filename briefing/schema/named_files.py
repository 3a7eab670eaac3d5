"""The files that a brief names: its saved texts, its pictures and the values that stand in files of their own."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from briefing.schema.brief import Brief


class NamedFile(Struct, frozen=True):
    """A file named by the data: its role in the manifest, its name as typed, and the data path of the key that names it."""

    role: str
    name: str
    path: str

    @property
    def key(self) -> str:
        """The key that names it: `text`, `image`, `logo` or `csv`."""
        return self.path.rpartition(".")[2]


def named_files(brief: Brief) -> Iterator[NamedFile]:
    """Every file that `brief` names, but for the last issue, as often as it is named."""
    for index, source in enumerate(brief.sources):
        if source.text:
            yield NamedFile("source", source.text, f"sources[{index}].text")
    for index, figure in enumerate(brief.figures):
        if figure.image:
            yield NamedFile("figure", figure.image, f"figures[{index}].image")
    if brief.office and brief.office.logo:
        yield NamedFile("figure", brief.office.logo, "office.logo")
    for index, figure in enumerate(brief.figures):
        if figure.chart and figure.chart.csv:
            yield NamedFile("figure", figure.chart.csv, f"figures[{index}].chart.csv")
    for index, table in enumerate(brief.tables):
        if table.csv:
            yield NamedFile("table", table.csv, f"tables[{index}].csv")
