"""`briefing check --into-docx`: what checking a brief found, as comments in its Word file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from briefing.apart import read_apart
from briefing.errors import DataError, Place, Problem
from briefing.files import write_all
from briefing.limits import limited_by
from briefing.run.checks import CheckResult
from briefing.run.load import limits_for
from briefing.run.options import clock, read_limits
from briefing.run.word_files.finalising import read_word_file

if TYPE_CHECKING:
    from briefing.formats.docx.comments import Comment, Suggestion

_ALTERED: Final = "quote-altered"
_QUOTED: Final = re.compile("'([^']+)'|“([^”]+)”")
_DIFFERENCE: Final = re.compile(r"(?P<before>(?:[^\s\[{]+ ){0,3})(?:\[-(?P<source>.+?)-\])?(?:\{\+(?P<quote>.+?)\+\})?")


def comment_into(
    path: str | Path, result: CheckResult, *, config: Path | None = None, limits: Sequence[str] = ()
) -> int:
    """Write the problems of `result` into the Word file at `path` as comments, each on the words that it concerns, and give back how many are new.

    What an earlier check wrote there already is not written again. Where the words of an altered quote are known, they stand beside it as a
    tracked change. `config` and `limits` bound what is read, as in checking.

    Raises `UsageError` for a path that leads nowhere, `DataError` for what is no Word file.
    """
    from briefing.formats.docx.comments import Comment

    file = Path(path)
    most = limits_for(result.data_file.parent, config, read_limits(limits))
    with limited_by(most):
        data = read_word_file(file)
    comments = [
        Comment(each.data_path, said(each), tuple(_named(each)), tuple(_suggested(each, result)))
        for each in result.problems
    ]
    try:
        function = "briefing.run.word_files.commenting:commented_copy"
        with limited_by(most):
            made, new = read_apart(function, data, comments, clock(), name="it")
    except DataError as error:
        raise DataError(each.at(Place.of(file)) for each in error.problems) from None
    if made != data:
        write_all({file: made}, follow=True)
    return int(new)


def commented_copy(data: bytes, comments: Sequence[Comment], date: str) -> tuple[bytes, int]:
    """The file with the comments, and how many of them are new. Raises `DataError` for what is no Word file."""
    from briefing.formats.docx.comments import commented, comments_by_us
    from briefing.formats.docx.read_package import UnreadablePackageError

    try:
        made = commented(data, comments, date)
        return made, comments_by_us(made) - comments_by_us(data)
    except UnreadablePackageError as error:
        what, hint = f"it cannot be read as a Word document: {error}", "open it in Word, and save it again as .docx"
        raise DataError(Problem("unreadable", what, hint)) from None


def said(problem: Problem) -> str:
    """What a comment says of a problem: the same as is printed, without the place, which the comment's own shows."""
    return f"{problem.message}{f'; {problem.hint}' if problem.hint else ''} [{problem.code}]"


def _named(problem: Problem) -> Iterator[str]:
    """The words that a problem quotes, the longest first."""
    yield from sorted((one or other for one, other in _QUOTED.findall(problem.message)), key=len, reverse=True)


def _suggested(problem: Problem, result: CheckResult) -> Iterator[Suggestion]:
    """For an altered quote the words of its source in the place of those that it has."""
    from briefing.formats.docx.comments import Suggestion

    evidence = {f"quotes[{index}].text": each for index, each in enumerate(result.evidence)}.get(problem.data_path)
    if problem.code != _ALTERED or evidence is None or evidence.diff is None:
        return
    for found in _DIFFERENCE.finditer(evidence.diff):
        before, source, quote = found["before"], found["source"] or "", found["quote"] or ""
        if not re.search(r"\w", source + quote):
            continue  # marks at the ends of a quote are the writer's own
        if quote:
            yield Suggestion(quote, source)
        elif source and before:
            yield Suggestion(before.rstrip(), f"{before}{source}")
