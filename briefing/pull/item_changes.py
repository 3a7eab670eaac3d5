"""Items that are gone from a document, or stand in another order there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Final

from briefing.pull.found_changes import Remark
from briefing.pull.item_places import is_within, longest_rising
from briefing.pull.matched_document import MatchedDocument

_LEADING: Final = ("heading", "caption", "table heading", "introduction")
"""How the styles begin of what stands above a list."""


class ItemChanges:
    """Finds them in `document`."""

    def __init__(self, document: MatchedDocument) -> None:
        self._document, self._changes = document, document.changes
        self._missing_items: list[tuple[str, int]] = []

    def is_gone(self, number: int) -> bool:
        """Whether a paragraph is not there because of its item, its own or the one that it stands beside, which was told."""
        return number in self._gone_numbers

    @cached_property
    def _gone_numbers(self) -> frozenset[int]:
        numbers = {number for path, item in self._missing_items for number in self._document.lists[path][item]}
        emptied = {
            path
            for path, items in self._document.lists.items()
            if all((path, item) in self._missing_items for item in items)
        }
        with_heading = {number for path in emptied for each in self._document.lists[path].values() for number in each}
        found, above = set(numbers), dict[int, int | None]()
        last: int | None = None
        for number, path in enumerate(self._document.paths):
            above[number] = last = number if path else last
            if not path and last in numbers and not self._leads(number):
                found.add(number)
        following: int | None = None
        for number in range(len(self._document.paths) - 1, -1, -1):
            if self._document.paths[number]:
                following = number
            elif following in (with_heading if self._leads(number) and above[number] not in numbers else numbers):
                found.add(number)
        return frozenset(found)

    def _leads(self, number: int) -> bool:
        """Whether a paragraph of the program's own is of a whole list and not of one item: a heading, a caption, the head of a column."""
        return self._document.matching.before[number].style.casefold().startswith(_LEADING)

    def find_missing(self) -> None:
        """Note the items of which nothing is there; where most is missing, they are told and not taken out."""
        remarks = self._changes.remarks
        for path, items in sorted(self._document.lists.items(), key=lambda each: len(each[0])):
            for item, numbers in items.items():
                if any(map(self._document.says, numbers)) or self._is_within_gone(f"{path}[{item}]"):
                    continue
                if path.endswith("]"):  # a list in a list: the cells of a row
                    message = "its cell is gone from the document; take a column out in the data, where its head stands"
                    remarks.append(Remark("missing", f"{path}[{item}]", message, self._document.first_words(numbers)))
                elif self._is_printed_with_others(path, item):
                    message = "one of the lines that print it is gone from the document, another one is there; the data is left"
                    remarks.append(Remark("missing", f"{path}[{item}]", message, self._document.first_words(numbers)))
                elif self._document.is_mostly_gone:
                    message = "it is not in the document; since most of the texts are missing there, nothing is deleted"
                    remarks.append(Remark("held-back", f"{path}[{item}]", message, self._document.first_words(numbers)))
                else:
                    self._changes.gone.setdefault(path, set()).add(item)
                self._missing_items.append((path, item))

    def _is_printed_with_others(self, path: str, item: int) -> bool:
        """Whether a line of the whole list, such as that of the authors, prints the item, too."""
        lines = (
            number for number, each in enumerate(self._document.paths) if each == path and self._document.says(number)
        )
        return any(
            is_within(value.path, f"{path}[{item}]") for number in lines for value in self._document.values(number)
        )

    def _is_within_gone(self, path: str) -> bool:
        return any(path.startswith(f"{above}[{item}].") for above, item in self._missing_items)

    def find_moved(self, moved_within: set[int]) -> None:
        """Note lists in another order, and paragraphs that stand elsewhere but for those that `moved_within` their text."""
        self._find_orders()
        self._find_displaced(moved_within)

    def _find_orders(self) -> None:
        for path, items in self._document.lists.items():
            firsts = [min(numbers) for _, numbers in sorted(items.items())]
            if firsts != sorted(firsts):
                continue  # the program puts these in order itself
            places = {
                item: next(
                    self._document.matching.to[number] for number in sorted(numbers) if self._document.says(number)
                )
                for item, numbers in items.items()
                if any(map(self._document.says, numbers)) and item not in self._changes.gone.get(path, ())
            }
            order = sorted(places, key=lambda item: places[item])
            if order != sorted(order) and (self._torn(items, before=True) or not self._torn(items)):
                self._changes.order[path] = order

    def _torn(self, items: Mapping[int, Sequence[int]], *, before: bool = False) -> bool:
        """Whether a paragraph of one item stands within another: a quote's words above the name of somebody else."""
        to, says = self._document.matching.to, self._document.says
        places = sorted(
            (number if before else to[number], item) for item in items for number in items[item] if says(number)
        )
        runs = [item for item, _ in groupby(item for _, item in places)]
        return len(runs) != len(set(runs))

    def _find_displaced(self, moved_within: set[int]) -> None:
        moved = {
            number
            for path, order in self._changes.order.items()
            for item in set(order) - set(longest_rising(order))
            for number in self._document.lists[path][item]
        }
        there = [
            number
            for number, each in enumerate(self._document.matching.before)
            if each.place == "body" and number not in moved | moved_within and self._document.says(number)
        ]
        stay = set(longest_rising([self._document.matching.to[number] for number in there]))
        for number in there:
            if self._document.matching.to[number] not in stay and not (
                not self._document.paths[number] and self._beside(number, moved)
            ):
                message = "it was moved to where the data cannot have it; it is left where it was"
                self._changes.remarks.append(
                    Remark("moved", self._document.paths[number], message, self._document.first_words([number]))
                )

    def _beside(self, number: int, moved: set[int]) -> bool:
        """Whether a paragraph of the program's own stands beside one that was moved."""
        return bool({number - 2, number - 1, number + 1, number + 2} & moved)
