"""The lists of the data now, with the items that documents delete, add and move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from briefing.pull.found_changes import DocumentChanges, NewItem
from briefing.pull.item_places import Places, is_within, longest_rising, values_of_items
from briefing.pull.outcomes import Outcome, Plan
from briefing.pull.word_merge import alike, likeness
from briefing.source.editing import Rearrange, RemoveKey, SetText
from briefing.source.nodes import steps

_MUCH_LIKE: Final = 0.75
"""How much a new item and one of the data must have in common not to be put beside it."""


class ListJoining:
    """Joins what documents do to lists, each with the `places` of its items in the data now, and writes it into `plan`.

    `values` are those of the data now by path, `root` its tree.
    """

    def __init__(
        self, documents: Sequence[tuple[DocumentChanges, Places]], values: Mapping[str, str], root: Any, plan: Plan
    ) -> None:
        self._documents, self._values, self._root, self._plan = documents, values, root, plan
        self._gone: dict[str, dict[int, list[str]]] = {}

    def mark_gone(self) -> None:
        """Note which items documents delete; one that the data changed is a conflict."""
        for changes, places in self._documents:
            for path, items in changes.gone.items():
                now = places.path(path)
                for item in sorted(items):
                    place = places.items(path).get(item)
                    if now is None or place is None:
                        continue
                    self._gone.setdefault(now, {}).setdefault(place, []).append(changes.name)
                    if self._was_changed(changes, f"{path}[{item}]", f"{now}[{place}]"):
                        message, there = "the document deletes it, and the data changed it", f"{now}[{place}]"
                        if not self._plan.conflict(there, message, self._name(there), {changes.name: ""}):
                            self._gone[now].pop(place)

    def _was_changed(self, changes: DocumentChanges, old: str, now: str) -> bool:
        return any(
            self._values.get(now + path[len(old) :], "").strip("\n") != value.strip("\n")
            for path, value in changes.base.values.items()
            if is_within(path, old)
        )

    def is_within_gone(self, path: str, versions: Mapping[str, Any]) -> bool:
        """Whether a document deletes the item that a text is of. Where another changes the text, or the same one in another place: a conflict,
        and the item stays.
        """
        for above, items in self._gone.items():
            for place, names in list(items.items()):
                item = f"{above}[{place}]"
                if is_within(path, item):
                    edited = {name: text for name, (_, text) in versions.items() if text or name not in names}
                    if edited:
                        del items[place]
                        alone = edited.keys() <= set(names)
                        texts = dict.fromkeys(names, "") | edited
                        self._plan.conflict(
                            item,
                            "the document deletes it in one place, and changes it in another"
                            if alone
                            else "one document deletes it, another one changes it",
                            self._name(item),
                            texts,
                            of_data=False,
                        )
                    return True
        return False

    def _name(self, path: str) -> str:
        """What an item says, to be known by."""
        texts = [value for name, value in self._values.items() if is_within(name, path)]
        return " · ".join(texts[:3])

    def _length(self, path: str) -> int | None:
        """How many items the list at a path has in the data now; None where there is none."""
        node = self._root
        for step in steps(path):
            child = node.child(step) if hasattr(node, "child") else None
            node = getattr(child, "value", child)
        return len(node.items) if hasattr(node, "items") else None

    def join(self) -> None:
        """Arrange every list that a document changed."""
        paths = {
            now
            for changes, places in self._documents
            for path in _changed_lists(changes)
            if (now := places.path(path)) is not None
        }
        for changes, places in self._documents:
            for each in changes.new:
                now = places.path(each.path)
                if now is None or self._length(now) is None:
                    message = f"the document has a new item of {each.path}, and that list is gone from the data"
                    self._plan.conflict("", message, "", {changes.name: _shown(each.value)})
        for path in sorted(paths):
            self._list(path)

    def _list(self, path: str) -> None:
        count, outcomes = self._length(path), list[Outcome]()
        if count is None:
            return
        gone = self._gone.get(path, {})
        order = self._order(path, count, outcomes)
        made: list[int | NewItem] = list(order)
        for changes, places in self._documents:
            for old, items in (
                (each, [new for new in changes.new if new.path == each]) for each in _paths(changes, places, path)
            ):
                self._insert(made, items, places.items(old), changes.name, path, outcomes)
        final = [each for each in made if not (isinstance(each, int) and each in gone)]
        for place, names in sorted(gone.items()):
            outcomes.append(
                self._plan.say(
                    "changed",
                    "deleted",
                    f"{path}[{place}]",
                    "it was deleted",
                    self._name(f"{path}[{place}]"),
                    "",
                    names,
                )
            )
        if not any(isinstance(each, int) for each in final) and not any(isinstance(each, NewItem) for each in final):
            parent = path.rpartition(".")[0]
            self._plan.edits.append(
                (RemoveKey(path) if parent or len(self._root.entries) > 1 else SetText(path, ""), outcomes)
            )
        elif final != list(range(count)):
            arranged = tuple(each if isinstance(each, int) else each.value for each in final)
            self._plan.edits.append((Rearrange(path, arranged), outcomes))

    def _insert(
        self,
        made: list[int | NewItem],
        items: Sequence[NewItem],
        places: Mapping[int, int],
        who: str,
        path: str,
        outcomes: list[Outcome],
    ) -> None:
        others = [each.value for each in made if isinstance(each, NewItem)]
        for new in sorted(items, key=lambda each: (each.behind, each.number)):
            if new.value in others:
                others.remove(new.value)  # another copy has it, too
                continue
            if self._is_there(path, new.value, set(places.values())):
                self._plan.say(
                    "note", "same", path, "the new item stands in the data already", "", _shown(new.value), [who]
                )
                continue
            there = self._like(path, new.value, set(places.values()))
            message = "the document has a new item, and the data has got one since that is much like it"
            if there and not self._plan.conflict(there, message, self._name(there), {who: _shown(new.value)}):
                continue
            behind = next((places[each] for each in range(new.behind, -1, -1) if each in places), None)
            at = made.index(behind) + 1 if behind is not None else 0
            while at < len(made) and isinstance(made[at], NewItem):
                at += 1
            made.insert(at, new)
            outcomes.append(self._plan.say("changed", "new", path, "a new item", "", _shown(new.value), [who]))
            if isinstance(new.value, Mapping):
                lacking = [key for key, value in new.value.items() if value == "TODO"]
                if lacking:
                    message = f"the new item has no {' and no '.join(lacking)}: TODO is written there"
                    self._plan.say("todo", "new-item", path, message, "", _shown(new.value), [who])

    def _is_there(self, path: str, value: Any, known: set[int]) -> bool:
        """Whether the data has got an item since that says the same."""
        for place, values in values_of_items(self._values, path).items():
            if place in known:
                continue
            if isinstance(value, str):
                same = alike(values.get("", ""), value)
            elif isinstance(value, Mapping):
                same = all(alike(values.get(f".{key}", "TODO"), held) for key, held in value.items())
            else:
                same = all(alike(values.get(f"[{column}]", ""), held) for column, held in enumerate(value))
            if same:
                return True
        return False

    def _like(self, path: str, value: Any, known: set[int]) -> str:
        """The path of an item that the data has got since and that says nearly the same: an item that came home before, and was edited then."""
        new = {f".{key}": held for key, held in value.items()} if isinstance(value, Mapping) else {"": _shown(value)}
        for place, values in values_of_items(self._values, path).items():
            old = {key: values[key] for key in new if key in values}
            if place not in known and likeness(" ".join(old.values()), " ".join(new.values())) >= _MUCH_LIKE:
                return f"{path}[{place}]"
        return ""

    def _order(self, path: str, count: int, outcomes: list[Outcome]) -> list[int]:
        """The items in the order that is wanted; conflicts keep that of the data."""
        wanted: dict[tuple[int, ...], list[str]] = {}
        for changes, places in self._documents:
            for old in _paths(changes, places, path):
                if old in changes.order:
                    moved = [places.items(old)[item] for item in changes.order[old] if item in places.items(old)]
                    before = [
                        places.items(old)[item] for item in sorted(changes.order[old]) if item in places.items(old)
                    ]
                    if moved != sorted(moved) and before == sorted(before):
                        wanted.setdefault(tuple(moved), []).append(changes.name)
                    elif moved != sorted(moved) and moved != before:
                        self._plan.conflict(
                            path, "its items were moved in the data and in the document", "", {changes.name: ""}
                        )
        order = list(range(count))
        if len(wanted) > 1:
            names = [name for each in wanted.values() for name in each]
            self._plan.conflict(path, "several documents move its items", "", dict.fromkeys(names, ""), of_data=False)
        elif wanted:
            ((target, names),) = wanted.items()
            slots = sorted(target)
            for slot, item in zip(slots, target, strict=True):
                order[slot] = item
            stay = set(longest_rising(target))
            names_of_moved = ", ".join(self._name(f"{path}[{item}]") for item in target if item not in stay)
            outcomes.append(self._plan.say("changed", "moved", path, f"moved: {names_of_moved}", "", "", names))
        return order


def _paths(changes: DocumentChanges, places: Places, now: str) -> list[str]:
    """The paths in a base that lead to the list at `now`."""
    return sorted(each for each in _changed_lists(changes) if places.path(each) == now)


def _changed_lists(changes: DocumentChanges) -> set[str]:
    return {*changes.gone, *changes.order, *(each.path for each in changes.new)}


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {held}" for key, held in value.items())
    return value if isinstance(value, str) else " | ".join(value)
