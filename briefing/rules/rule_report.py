"""Putting every rule to a brief, and letting a waiver take out the breaches that it covers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from briefing.errors import Problem, Severity, did_you_mean
from briefing.rules.subject import Breach, Rule, Subject
from briefing.rules.table import RULES
from briefing.schema import Brief, Loudness, Waiver
from briefing.schema.brief import KINDS

_PATH: Final = re.compile(r"[a-z_]+(?:\[\d{1,4}\]|\.[a-z_]+)*")
_STEP: Final = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


class Waivers:
    """The waivers of a brief. They run out by the brief's own date, never by the clock, so that a check says the same on any day."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._used: set[int] = set()

    def in_force_for(self, rule: str, breach: Breach) -> Waiver | None:
        """The waiver that lets the breach pass: one that names its item before one for the whole brief; None when it counts."""
        numbers = [
            number
            for number, waiver in enumerate(self._brief.waivers)
            if waiver.rule == rule and _covers(waiver, breach) and not self._has_run_out(waiver)
        ]
        self._used.update(numbers)
        found = [self._brief.waivers[number] for number in numbers]
        return min(found, key=lambda waiver: waiver.item is None, default=None)

    def problems(self, judged: Mapping[str, bool]) -> Iterator[Problem]:
        """What is wrong with the waivers, once every breach was asked for. `judged` has every rule, and whether it was put to the brief."""
        for number, waiver in enumerate(self._brief.waivers):
            path = f"waivers[{number}]"
            if waiver.rule not in judged:
                hint = did_you_mean(waiver.rule, list(judged))
                yield Problem("waiver-unknown-rule", f"there is no rule '{waiver.rule}'", hint, f"{path}.rule")
            elif waiver.item is not None and not self._is_item(waiver.item):
                hint = did_you_mean(waiver.item, self._ids())
                yield Problem("unknown-id", f"there is no item '{waiver.item}'", hint, f"{path}.item")
            elif self._has_run_out(waiver):
                what = f"the waiver of '{waiver.rule}' ran out on {waiver.until}"
                hint = "mend the item, or give a new date and reason"
                yield Problem("waiver-expired", what, hint, f"{path}.until", severity=Severity.WARNING)
            elif number not in self._used and judged[waiver.rule]:
                what = f"the waiver of '{waiver.rule}' lets nothing pass"
                hint = "take it out, or name the right item"
                yield Problem("waiver-unused", what, hint, path, severity=Severity.WARNING)

    def _has_run_out(self, waiver: Waiver) -> bool:
        return waiver.until.is_before(self._brief.date)

    def _ids(self) -> list[str]:
        return [item.id for kind in KINDS for item in kind.items(self._brief) if item.id]

    def _is_item(self, name: str) -> bool:
        """Whether `name` is an item's id or the path of something that the brief has."""
        if name in self._ids():
            return True
        if not _PATH.fullmatch(name):
            return False
        step: Any = self._brief
        for index, key in _STEP.findall(name):
            if index:
                step = step[int(index)] if isinstance(step, tuple) and int(index) < len(step) else None
            else:
                step = getattr(step, key, None) if key in getattr(type(step), "model_fields", {}) else None
        return step is not None


def _covers(waiver: Waiver, breach: Breach) -> bool:
    if waiver.item is None or waiver.item in (breach.item, breach.path):
        return True
    return breach.path.startswith((f"{waiver.item}.", f"{waiver.item}["))


@dataclass(frozen=True, slots=True)
class Waived:
    """A breach that the brief lets pass, with the reason it gives."""

    problem: Problem
    reason: str
    until: str

    def as_json(self) -> dict[str, Any]:
        """The waived breach as plain values."""
        return {**self.problem.as_json(), "waived": {"reason": self.reason, "until": self.until}}


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What the rules found: problems that count, and those that were waived."""

    problems: tuple[Problem, ...]
    waived: tuple[Waived, ...]


def rule_codes() -> tuple[str, ...]:
    """The code of every rule, in the order of the table."""
    return tuple(rule.code for rule in RULES)


def check_rules(subject: Subject) -> RuleReport:
    """Put every rule that is not off to the brief. Never raises."""
    problems: list[Problem] = []
    waived: list[Waived] = []
    waivers = Waivers(subject.brief)
    for rule in RULES:
        set_by_user = subject.settings.rules.get(rule.code)
        loudness = set_by_user or rule.loudness
        if loudness is Loudness.OFF:
            continue
        for breach in rule.breaches(subject):
            problem = _problem(rule, breach, set_by_user or breach.loudness or loudness)
            waiver = waivers.in_force_for(rule.code, breach)
            if waiver is None:
                problems.append(problem)
            else:
                waived.append(Waived(problem, waiver.reason.text, str(waiver.until)))
    return RuleReport((*problems, *waivers.problems(_judged(subject))), tuple(waived))


def _problem(rule: Rule, breach: Breach, loudness: Loudness) -> Problem:
    return Problem(
        rule.code, breach.message, breach.hint, breach.path, severity=Severity(loudness.value), offset=breach.offset
    )


def _judged(subject: Subject) -> dict[str, bool]:
    """Every rule, and whether it was put to the brief: not when it is off, nor when it needs pages and there are none yet."""
    off = {code for code, loudness in subject.settings.rules.items() if loudness is Loudness.OFF}
    early = {"too-many-pages"} if subject.pages is None else set()
    return {code: code not in off | early for code in rule_codes()}
