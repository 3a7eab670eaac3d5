"""Putting every rule to a brief, and taking out what is waived."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.errors import Problem, Severity, did_you_mean
from briefing.evidence.rules.rule import Breach, Rule, Subject
from briefing.evidence.rules.table import RULES
from briefing.schema import Loudness, Waiver

WAIVER_CODES = ("waiver-unknown-rule", "waiver-expired", "waiver-unused")


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
    used: set[int] = set()
    today = subject.brief.date.first_day
    for rule in RULES:
        loudness = subject.settings.rules.get(rule.code, rule.loudness)
        if loudness is Loudness.OFF:
            continue
        for breach in rule.breaches(subject):
            problem = _problem(rule, breach, loudness)
            number = _waiver(subject.brief.waivers, rule, breach)
            if number is not None and subject.brief.waivers[number].until.last_day >= today:
                used.add(number)
                waiver = subject.brief.waivers[number]
                waived.append(Waived(problem, waiver.reason, str(waiver.until)))
            else:
                problems.append(problem)
    problems += _waiver_problems(subject, used)
    return RuleReport(tuple(problems), tuple(waived))


def _problem(rule: Rule, breach: Breach, loudness: Loudness) -> Problem:
    return Problem(
        rule.code, breach.message, breach.hint, breach.path, severity=Severity(loudness.value), offset=breach.offset
    )


def _waiver(waivers: tuple[Waiver, ...], rule: Rule, breach: Breach) -> int | None:
    for number, waiver in enumerate(waivers):
        whole = waiver.item is None or waiver.item == breach.item or breach.path == waiver.item
        if waiver.rule == rule.code and (whole or breach.path.startswith((f"{waiver.item}.", f"{waiver.item}["))):
            return number
    return None


def _waiver_problems(subject: Subject, used: set[int]) -> Iterator[Problem]:
    """What is wrong with the waivers themselves. Rules that need pages are judged only when there are pages."""
    today = subject.brief.date.first_day
    for number, waiver in enumerate(subject.brief.waivers):
        path = f"waivers[{number}]"
        if waiver.rule not in rule_codes():
            hint = did_you_mean(waiver.rule, rule_codes())
            yield Problem("waiver-unknown-rule", f"there is no rule '{waiver.rule}'", hint, f"{path}.rule")
        elif waiver.until.last_day < today:
            what = f"the waiver of '{waiver.rule}' ran out on {waiver.until}"
            yield Problem(
                "waiver-expired",
                what,
                "mend the item, or give a new date and reason",
                f"{path}.until",
                severity=Severity.WARNING,
            )
        elif number not in used and (subject.pages is not None or waiver.rule != "too-many-pages"):
            what = f"the waiver of '{waiver.rule}' lets nothing pass"
            yield Problem("waiver-unused", what, "take it out, or name the right item", path, severity=Severity.WARNING)
