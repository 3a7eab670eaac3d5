"""What the changes of documents become in the data as it is now: every text joined in three ways, and lists beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from briefing.formats import REDLINE_FORMAT
from briefing.pull.found_changes import DocumentChanges
from briefing.pull.item_places import Places
from briefing.pull.list_joining import ListJoining
from briefing.pull.outcomes import Plan, Prefer
from briefing.pull.word_merge import merged, preferred

_DATA: Final = "the data"


class ThreeWay:
    """Joins the changes of several documents with the data now: its `values` by path, and its tree, `root`."""

    def __init__(
        self, changes: Sequence[DocumentChanges], values: Mapping[str, str], root: Any, prefer: Prefer | None
    ) -> None:
        self._changes = sorted(changes, key=lambda each: each.name)
        self._values, self._plan = values, Plan(prefer)
        self._places = {id(each): Places(each.base.values, values) for each in changes}
        documents = [(each, self._places[id(each)]) for each in self._changes]
        self._lists = ListJoining(documents, values, root, self._plan)

    def joined(self) -> Plan:
        """The plan."""
        for each in self._changes:
            self._remarks(each)
        self._lists.mark_gone()
        self._texts()
        self._lists.join()
        return self._plan

    def _remarks(self, changes: DocumentChanges) -> None:
        for each in changes.remarks:
            path = self._places[id(changes)].nearest(each.path) if each.path else ""
            self._plan.say("todo", each.code, path, each.message, each.data, each.document, [changes.name])

    def _texts(self) -> None:
        found: dict[str, dict[str, tuple[str | None, str]]] = {}
        for changes in self._changes:
            for path, text in changes.texts.items():
                base, now = changes.base.values.get(path), self._places[id(changes)].path(path)
                if now is None:
                    above = self._places[id(changes)].nearest(path)
                    message = f"{path} as built was edited in the document; the data file has it no more, or takes it from another file"
                    self._plan.conflict(above, message, base or "", {changes.name: text})
                else:
                    found.setdefault(now, {})[changes.name] = (base, text)
        for path, versions in found.items():
            if not self._lists.is_within_gone(path, versions):
                self._text(path, versions)

    def _text(self, path: str, versions: Mapping[str, tuple[str | None, str]]) -> None:
        now = self._values.get(path)
        texts = {name: text for name, (_, text) in versions.items()}
        if now is None:
            self._absent(path, versions)
            return
        if all(text == now for text in texts.values()):
            self._plan.say("note", "same", path, "the same edit stands in the data already", who=list(texts))
            return
        wanted = {name: text for name, text in texts.items() if text != now}
        if any(not text for text in wanted.values()):
            changed = any(base is not None and base.strip("\n") != now.strip("\n") for base, _ in versions.values())
            if changed or any(wanted.values()):
                if self._plan.conflict(
                    path, "it is gone from the document, and was changed elsewhere", now, wanted
                ) and not any(wanted.values()):
                    self._plan.remove(path, now, list(wanted))
                return
            self._plan.remove(path, now, list(wanted))
            return
        alone = dict[str, str]()
        clashing = list[str]()
        for name, text in wanted.items():
            base = versions[name][0] or ""
            alone[name], against = merged(base, {_DATA: now, name: text})
            if against:
                clashing.append(name)
                alone[name] = preferred(base, *((text, now) if self._plan.prefer == REDLINE_FORMAT else (now, text)))
        if clashing:
            message = "the same words were changed in the data and in the document"
            self._plan.conflict(path, message, now, {name: texts[name] for name in clashing})
        text, against = merged(now, alone)
        if against:
            message, both = "several documents changed the same words", {name: texts[name] for name in against}
            self._plan.conflict(path, message, now, both, of_data=False)
        if text != now:
            self._plan.set_text(path, now, text, list(alone))

    def _absent(self, path: str, versions: Mapping[str, tuple[str | None, str]]) -> None:
        texts = {name: text for name, (_, text) in versions.items() if text}
        if not texts:
            return
        if any(base is not None for base, _ in versions.values()):
            self._plan.conflict(path, "it was edited in the document, and is gone from the data", "", texts)
        elif len(set(texts.values())) > 1:
            self._plan.conflict(path, "several documents say different things", "", texts, of_data=False)
        else:
            self._plan.put_in(path, next(iter(texts.values())), list(texts))
