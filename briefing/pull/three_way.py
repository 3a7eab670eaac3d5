"""What the changes of documents become in the data as it is now: edits of the file, and what is left to do or in conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefing.formats import REDLINE_FORMAT
from briefing.pull.document_changes import DocumentChanges, NewItem, Remark, longest_rising
from briefing.pull.word_merge import alike, likeness, merged, preferred
from briefing.source.editing import Edit, Rearrange, RemoveKey, SetText, SetValue
from briefing.source.nodes import steps

Prefer = str
"""Whose words are taken where both sides changed them: ``data``, or the name of the documents' format."""
DATA = "the data"
_LIKE = 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one edit: ``changed``, ``conflict``, ``todo`` or ``note``, and of which kind; `path` leads into the data as it was."""

    status: str
    kind: str
    path: str
    message: str
    before: str = ""
    after: str = ""
    who: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """The edits of the data file, each with what it brings, and everything else that is to be said."""

    edits: list[tuple[Edit, list[Outcome]]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


class Places:
    """Where the items of a base stand in the data now: by their ids, else by what they say."""

    def __init__(self, base: Mapping[str, str], now: Mapping[str, str]) -> None:
        self._base, self._now = base, now
        self._known: dict[str, dict[int, int]] = {}

    def path(self, path: str) -> str | None:
        """The path in the data now; None where an item on the way is gone."""
        made, old = "", ""
        for step in steps(path):
            if isinstance(step, int):
                place = self.items(old, made).get(step)
                if place is None:
                    return None
                made, old = f"{made}[{place}]", f"{old}[{step}]"
            else:
                made, old = (f"{each}.{step}" if each else step for each in (made, old))
        return made

    def nearest(self, path: str) -> str:
        """The path in the data now of what is there of a path, be it only the list that an item was in."""
        while path and self.path(path) is None:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.path(path) or "" if path else ""

    def items(self, old: str, now: str | None = None) -> dict[int, int]:
        """For each item of a list of the base its place in the list now; those that are gone are left out."""
        if old not in self._known:
            path = self.path(old) if now is None else now
            self._known[old] = {} if path is None else _items(_below(self._base, old), _below(self._now, path))
        return self._known[old]


def _below(values: Mapping[str, str], path: str) -> dict[int, dict[str, str]]:
    """The values of each item of the list at `path`, by what their paths say behind the item."""
    found: dict[int, dict[str, str]] = {}
    start = f"{path}["
    for name, value in values.items():
        if name.startswith(start):
            number, _, rest = name[len(start) :].partition("]")
            if number.isdigit():
                found.setdefault(int(number), {})[rest] = value
    return found


def _items(base: Mapping[int, Mapping[str, str]], now: Mapping[int, Mapping[str, str]]) -> dict[int, int]:
    made: dict[int, int] = {}
    names = {values[".id"]: place for place, values in now.items() if ".id" in values}
    for place, values in base.items():
        if ".id" in values and values[".id"] in names:
            made[place] = names[values[".id"]]
    scores = []
    for place, values in base.items():
        for other, there in now.items():
            if place in made or other in made.values() or (".id" in values and ".id" in there):
                continue
            same = sum(there.get(key) == value for key, value in values.items()) / len(values)
            like = same if same == 1 else max(same, _alike(values, there))
            scores.append((like, -abs(place - other), place, other))
    for like, _, place, other in sorted(scores, reverse=True):
        if like >= _LIKE and place not in made and other not in made.values():
            made[place] = other
    return made


def _alike(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    return likeness(" ".join(one.values()), " ".join(other.get(key, "") for key in one))


class ThreeWay:
    """Joins the changes of several documents with the data now: its `values` by path, and `lists`, how many items each list has."""

    def __init__(
        self, changes: Sequence[DocumentChanges], values: Mapping[str, str], root: Any, prefer: Prefer | None
    ) -> None:
        self._changes = sorted(changes, key=lambda each: each.name)
        self._values, self._root, self._prefer = values, root, prefer
        self._places = {id(each): Places(each.base.values, values) for each in changes}
        self.plan = Plan()
        self._gone: dict[str, dict[int, list[str]]] = {}

    def joined(self) -> Plan:
        """The plan."""
        for each in self._changes:
            self._remarks(each)
        self._items_gone()
        self._texts()
        self._lists()
        return self.plan

    def _say(
        self,
        status: str,
        kind: str,
        path: str,
        message: str,
        before: str = "",
        after: str = "",
        who: Sequence[str] = (),
    ) -> Outcome:
        made = Outcome(status, kind, path, message, before, after, tuple(who))
        if status != "changed":
            self.plan.outcomes.append(made)
        return made

    def _remarks(self, changes: DocumentChanges) -> None:
        for each in changes.remarks:
            path = self._places[id(changes)].nearest(each.path) if each.path else ""
            self._say("todo", each.code, path, each.message, each.data, each.document, [changes.name])

    # -- texts

    def _texts(self) -> None:
        found: dict[str, dict[str, tuple[str | None, str]]] = {}
        for changes in self._changes:
            for path, text in changes.texts.items():
                base, now = changes.base.values.get(path), self._places[id(changes)].path(path)
                if now is None:
                    above = self._places[id(changes)].nearest(path)
                    message = f"{path} as built was edited in the document, and its item is gone from the data"
                    self._conflict(above, message, base or "", {changes.name: text})
                else:
                    found.setdefault(now, {})[changes.name] = (base, text)
        for path, versions in found.items():
            if not self._is_within_gone(path, versions):
                self._text(path, versions)

    def _text(self, path: str, versions: Mapping[str, tuple[str | None, str]]) -> None:
        now = self._values.get(path)
        texts = {name: text for name, (_, text) in versions.items()}
        if now is None:
            self._absent(path, versions)
            return
        if all(text == now for text in texts.values()):
            self._say("note", "same", path, "the same edit stands in the data already", who=list(texts))
            return
        wanted = {name: text for name, text in texts.items() if text != now}
        if any(not text for text in wanted.values()):
            changed = any(base is not None and base.strip("\n") != now.strip("\n") for base, _ in versions.values())
            if changed or any(wanted.values()):
                if self._conflict(
                    path, "it is gone from the document, and was changed elsewhere", now, wanted
                ) and not any(wanted.values()):
                    self._remove(path, now, list(wanted))
                return
            self._remove(path, now, list(wanted))
            return
        alone = dict[str, str]()
        clashing = list[str]()
        for name, text in wanted.items():
            base = versions[name][0] or ""
            alone[name], against = merged(base, {DATA: now, name: text})
            if against:
                clashing.append(name)
                alone[name] = preferred(base, *((text, now) if self._prefer == REDLINE_FORMAT else (now, text)))
        if clashing:
            message = "the same words were changed in the data and in the document"
            self._conflict(path, message, now, {name: texts[name] for name in clashing})
            if self._prefer is None:
                return
        text, against = merged(now, alone)
        if against:
            self._conflict(
                path,
                "several documents changed the same words",
                now,
                {name: texts[name] for name in against},
                of_data=False,
            )
            return
        if text != now:
            self._set(path, now, text, list(wanted))

    def _absent(self, path: str, versions: Mapping[str, tuple[str | None, str]]) -> None:
        texts = {name: text for name, (_, text) in versions.items() if text}
        if not texts:
            return
        if any(base is not None for base, _ in versions.values()):
            self._conflict(path, "it was edited in the document, and is gone from the data", "", texts)
        elif len(set(texts.values())) > 1:
            self._conflict(path, "several documents say different things", "", texts, of_data=False)
        else:
            text = next(iter(texts.values()))
            made = self._say("changed", "text", path, "it was put in", "", text, list(texts))
            self.plan.edits.append((SetValue(path, text), [made]))

    def _set(self, path: str, now: str, text: str, who: Sequence[str]) -> None:
        made = self._say("changed", "text", path, "it was changed", now, text, who)
        self.plan.edits.append((SetText(path, text), [made]))

    def _remove(self, path: str, now: str, who: Sequence[str]) -> None:
        made = self._say("changed", "removed", path, "it was taken out", now, "", who)
        self.plan.edits.append((RemoveKey(path), [made]))

    def _conflict(self, path: str, message: str, now: str, texts: Mapping[str, str], *, of_data: bool = True) -> bool:
        """Say that texts are in conflict; whether the document's is to be taken."""
        settled = self._prefer if of_data else None
        status = "conflict" if settled is None else "note"
        more = {"data": "; the data is kept", REDLINE_FORMAT: "; the document is taken", None: ""}[settled]
        said = "\n".join(
            f"{name}: {text or 'deleted'}" if len(texts) > 1 and any(texts.values()) else text
            for name, text in sorted(texts.items())
        )
        self._say(status, "both-changed", path, message + more, now, said, sorted(texts))
        return settled == REDLINE_FORMAT

    # -- items

    def _items_gone(self) -> None:
        for changes in self._changes:
            places = self._places[id(changes)]
            for path, items in changes.gone.items():
                now = places.path(path)
                for item in sorted(items):
                    place = places.items(path).get(item)
                    if now is None or place is None:
                        continue
                    self._gone.setdefault(now, {}).setdefault(place, []).append(changes.name)
                    if self._was_changed(changes, f"{path}[{item}]", f"{now}[{place}]"):
                        said = self._name(f"{now}[{place}]")
                        if not self._conflict(
                            f"{now}[{place}]",
                            "the document deletes it, and the data changed it",
                            said,
                            {changes.name: ""},
                        ):
                            self._gone[now].pop(place)

    def _was_changed(self, changes: DocumentChanges, old: str, now: str) -> bool:
        return any(
            self._values.get(now + path[len(old) :], "").strip("\n") != value.strip("\n")
            for path, value in changes.base.values.items()
            if path == old or path.startswith((f"{old}.", f"{old}["))
        )

    def _is_within_gone(self, path: str, versions: Mapping[str, Any]) -> bool:
        """Whether another document deletes the item that a text is of: a conflict, and the item stays."""
        for above, items in self._gone.items():
            for place, names in list(items.items()):
                item = f"{above}[{place}]"
                if path == item or path.startswith((f"{item}.", f"{item}[")):
                    others = set(versions) - set(names)
                    if others:
                        del items[place]
                        texts = {name: versions[name][1] for name in sorted(others)} | dict.fromkeys(names, "")
                        self._conflict(
                            item,
                            "one document deletes it, another one changes it",
                            self._name(item),
                            texts,
                            of_data=False,
                        )
                    return True
        return False

    def _name(self, path: str) -> str:
        """What an item says, to be known by."""
        said = [
            value for name, value in self._values.items() if name == path or name.startswith((f"{path}.", f"{path}["))
        ]
        return " · ".join(said[:3])

    def _length(self, path: str) -> int | None:
        """How many items the list at a path has in the data now; None where there is none."""
        node = self._root
        for step in steps(path):
            child = node.child(step) if hasattr(node, "child") else None
            node = getattr(child, "value", child)
        return len(node.items) if hasattr(node, "items") else None

    def _lists(self) -> None:
        paths = {
            now
            for changes in self._changes
            for path in (*changes.gone, *changes.order, *(each.path for each in changes.new))
            if (now := self._places[id(changes)].path(path)) is not None
        }
        for changes in self._changes:
            for each in changes.new:
                now = self._places[id(changes)].path(each.path)
                if now is None or self._length(now) is None:
                    message = f"the document has a new item of {each.path}, and that list is gone from the data"
                    self._conflict("", message, "", {changes.name: _shown(each.value)})
        for path in sorted(paths):
            self._list(path)

    def _list(self, path: str) -> None:
        count, outcomes = self._length(path), list[Outcome]()
        if count is None:
            return
        gone = self._gone.get(path, {})
        order = self._order(path, count, outcomes)
        made: list[int | NewItem] = list(order)
        for changes in self._changes:
            places = self._places[id(changes)]
            for old, items in (
                (each, [new for new in changes.new if new.path == each]) for each in _paths(changes, places, path)
            ):
                self._insert(made, items, places.items(old), changes.name, path, outcomes)
        final = [each for each in made if not (isinstance(each, int) and each in gone)]
        for place, names in sorted(gone.items()):
            outcomes.append(
                self._say(
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
            self.plan.edits.append(
                (RemoveKey(path) if parent or len(self._root.entries) > 1 else SetText(path, ""), outcomes)
            )
        elif final != list(range(count)):
            arranged = tuple(each if isinstance(each, int) else each.value for each in final)
            self.plan.edits.append((Rearrange(path, arranged), outcomes))

    def _insert(
        self,
        made: list[int | NewItem],
        items: Sequence[NewItem],
        places: Mapping[int, int],
        who: str,
        path: str,
        outcomes: list[Outcome],
    ) -> None:
        for new in sorted(items, key=lambda each: (each.behind, each.number)):
            if any(isinstance(each, NewItem) and each.value == new.value for each in made):
                continue
            if self._is_there(path, new.value, set(places.values())):
                self._say("note", "same", path, "the new item stands in the data already", "", _shown(new.value), [who])
                continue
            behind = next((places[each] for each in range(new.behind, -1, -1) if each in places), None)
            at = made.index(behind) + 1 if behind is not None else 0
            while at < len(made) and isinstance(made[at], NewItem):
                at += 1
            made.insert(at, new)
            outcomes.append(self._say("changed", "new", path, "a new item", "", _shown(new.value), [who]))
            if isinstance(new.value, Mapping):
                lacking = [key for key, value in new.value.items() if value == "TODO"]
                if lacking:
                    message = f"the new item has no {' and no '.join(lacking)}: TODO is written there"
                    self._say("todo", "new-item", path, message, "", _shown(new.value), [who])

    def _is_there(self, path: str, value: Any, known: set[int]) -> bool:
        """Whether the data has got an item since that says the same."""
        for place, values in _below(self._values, path).items():
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

    def _order(self, path: str, count: int, outcomes: list[Outcome]) -> list[int]:
        """The items in the order that is wanted; conflicts keep that of the data."""
        wanted: dict[tuple[int, ...], list[str]] = {}
        for changes in self._changes:
            places = self._places[id(changes)]
            for old in _paths(changes, places, path):
                if old in changes.order:
                    moved = [places.items(old)[item] for item in changes.order[old] if item in places.items(old)]
                    before = [
                        places.items(old)[item] for item in sorted(changes.order[old]) if item in places.items(old)
                    ]
                    if moved != sorted(moved) and before == sorted(before):
                        wanted.setdefault(tuple(moved), []).append(changes.name)
                    elif moved != sorted(moved) and moved != before:
                        self._conflict(
                            path, "its items were moved in the data and in the document", "", {changes.name: ""}
                        )
        order = list(range(count))
        if len(wanted) > 1:
            names = [name for each in wanted.values() for name in each]
            self._conflict(path, "several documents move its items", "", dict.fromkeys(names, ""), of_data=False)
        elif wanted:
            ((target, names),) = wanted.items()
            slots = sorted(target)
            for slot, item in zip(slots, target, strict=True):
                order[slot] = item
            stay = set(longest_rising(target))
            said = ", ".join(self._name(f"{path}[{item}]") for item in target if item not in stay)
            outcomes.append(self._say("changed", "moved", path, f"moved: {said}", "", "", names))
        return order


def _paths(changes: DocumentChanges, places: Places, now: str) -> list[str]:
    """The paths in a base that lead to the list at `now`."""
    names = {*changes.gone, *changes.order, *(each.path for each in changes.new)}
    return sorted(each for each in names if places.path(each) == now)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {held}" for key, held in value.items())
    return value if isinstance(value, str) else " | ".join(value)


__all__ = ["Outcome", "Plan", "Prefer", "Remark", "ThreeWay"]
