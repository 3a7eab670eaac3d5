"""Putting every rule to a brief, and taking out what is waived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from briefing.errors import Problem, Severity
from briefing.evidence.rules.rule import Breach, Rule, Subject
from briefing.evidence.rules.table import RULES
from briefing.evidence.rules.waiving import Waivers
from briefing.schema import Loudness


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
        loudness = subject.settings.rules.get(rule.code, rule.loudness)
        if loudness is Loudness.OFF:
            continue
        for breach in rule.breaches(subject):
            problem = _problem(rule, breach, loudness)
            waiver = waivers.in_force_for(rule.code, breach)
            if waiver is None:
                problems.append(problem)
            else:
                waived.append(Waived(problem, waiver.reason, str(waiver.until)))
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
