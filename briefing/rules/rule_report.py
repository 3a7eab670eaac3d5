"""Putting every rule to a brief, and letting a waiver take out the breaches that it covers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from briefing.errors import Problem, Severity, did_you_mean
from briefing.rules.subject import Breach, Subject
from briefing.rules.table import RULES
from briefing.schema import Brief, RuleLevel, Waiver
from briefing.schema.brief import KINDS

_PATH: Final = re.compile(r"[a-z_]+(?:\[\d{1,4}\]|\.[a-z_]+)*")
NEEDS_PAGES: Final = "too-many-pages"
"""The rule that is asked when the PDF is made."""
_MOST_NAMED: Final = 5
_STEP: Final = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


class _Waivers:
    """The waivers of a brief. They run out by the brief's own date, never by the clock, so that a check says the same on any day."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.used: set[int] = set()
        self.ids = [item.id for kind in KINDS for _, item in kind.placed(brief) if item.id]

    def in_force_for(self, rule: str, breach: Breach) -> Waiver | None:
        """The waiver that lets the breach pass: one that names its item before one for the whole brief; None when it counts."""
        numbers = [
            number
            for number, waiver in enumerate(self.brief.waivers)
            if waiver.rule == rule and self._covers(waiver, breach.path) and not self._has_run_out(waiver)
        ]
        self.used.update(numbers)
        found = [self.brief.waivers[number] for number in numbers]
        return min(found, key=lambda waiver: waiver.item is None, default=None)

    def problems(self, judged: Mapping[str, bool]) -> Iterator[Problem]:
        """What is wrong with the waivers, once every breach was asked for. `judged` has every rule, and whether it was put to the brief."""
        warning = partial(Problem, severity=Severity.WARNING)
        for number, waiver in enumerate(self.brief.waivers):
            path = f"waivers[{number}]"
            if waiver.rule not in judged:
                hint = did_you_mean(waiver.rule, list(judged))
                yield Problem("waiver-unknown-rule", f"there is no rule '{waiver.rule}'", hint, f"{path}.rule")
            elif waiver.item is not None and waiver.item not in self.ids and self._value_at(waiver.item) is None:
                hint = did_you_mean(waiver.item, self.ids)
                yield Problem("unknown-id", f"there is no item '{waiver.item}'", hint, f"{path}.item")
            elif self._has_run_out(waiver):
                what = f"the waiver of '{waiver.rule}' ran out on {waiver.until}"
                yield warning("waiver-expired", what, "mend the item, or give a new date and reason", f"{path}.until")
            elif number not in self.used and judged[waiver.rule]:
                what = f"the waiver of '{waiver.rule}' lets nothing pass"
                yield warning("waiver-unused", what, "take it out, or name the right item", path)

    def _has_run_out(self, waiver: Waiver) -> bool:
        return waiver.until.is_before(self.brief.date)

    def _covers(self, waiver: Waiver, path: str) -> bool:
        """Whether the waiver is for the whole brief, for what stands at `path` or around it, or for the item there by its id."""
        name = waiver.item
        if name is None or path == name or path.startswith((f"{name}.", f"{name}[")):
            return True
        return name == getattr(self._value_at(path.partition("]")[0] + "]"), "id", None)

    def _value_at(self, path: str) -> Any:
        """What the brief has at `path`, None for nothing."""
        step: Any = self.brief if _PATH.fullmatch(path) else None
        for index, key in _STEP.findall(path):
            if index:
                step = step[int(index)] if isinstance(step, tuple) and int(index) < len(step) else None
            else:
                step = getattr(step, key, None) if key in getattr(type(step), "model_fields", {}) else None
        return step


class Waived(Struct, frozen=True):
    """A breach that the brief lets pass, with the reason it gives."""

    problem: Problem
    reason: str
    until: str

    def as_json(self) -> dict[str, Any]:
        """The waived breach as plain values."""
        return {**self.problem.as_json(), "waived": {"reason": self.reason, "until": self.until}}


class RuleReport(Struct, frozen=True):
    """What the rules found: problems that count, and those that were waived."""

    problems: tuple[Problem, ...]
    waived: tuple[Waived, ...]
    breaches: Mapping[str, tuple[Breach, ...]] = field(default_factory=dict)
    """What each rule said, by its code, whatever became of it."""


def rule_codes() -> tuple[str, ...]:
    """The code of every rule, in the order of the table."""
    return tuple(rule.code for rule in RULES)


def check_rules(subject: Subject, before: RuleReport | None = None) -> RuleReport:
    """Put every rule that is not off to the brief, or, when all has been asked `before` there were pages, the one that needs them. Never raises."""
    asked: dict[str, tuple[Breach, ...]] = {}
    problems: list[Problem] = []
    waived: list[Waived] = []
    waivers = _Waivers(subject.brief)
    # A rule is not put to the brief when it is off, nor when it needs pages and there are none yet.
    judged = {rule.code: rule.code != NEEDS_PAGES or subject.pages is not None for rule in RULES}
    for rule in RULES:
        set_by_user = subject.settings.rules.get(rule.code)
        usual = set_by_user or rule.level
        if usual is RuleLevel.OFF:
            judged[rule.code] = False
            continue
        counted: list[Problem] = []
        is_known = before is not None and rule.code in before.breaches and rule.code != NEEDS_PAGES
        asked[rule.code] = before.breaches[rule.code] if before and is_known else tuple(rule.breaches(subject))
        for breach in asked[rule.code]:
            level = set_by_user or breach.level or usual
            content = (rule.code, breach.message, breach.hint, breach.path)
            problem = Problem(*content, severity=Severity(level.value), offset=breach.offset)
            waiver = waivers.in_force_for(rule.code, breach)
            if waiver is None:
                counted.append(problem)
            else:
                waived.append(Waived(problem, waiver.reason.text, str(waiver.until)))
        problems += counted if usual is RuleLevel.ERROR else _in_one_line(counted, usual is RuleLevel.NOTE)
    return RuleReport((*problems, *waivers.problems(judged)), tuple(waived), asked)


def _in_one_line(problems: list[Problem], is_advice: bool) -> Iterator[Problem]:
    """Advice of a rule in one line, and warnings that say the same in one, where the first stands, with how many more there are and where."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault("" if is_advice else problem.message, []).append(problem)
    for first, *others in groups.values():
        paths = [other.data_path for other in others]
        more = f"; {len(others)} more: {', '.join(paths[:_MOST_NAMED])}" if others else ""
        yield replace(first, message=first.message + more + (", ..." if len(paths) > _MOST_NAMED else ""))
