"""The release rules: what a brief must keep to before it goes out."""

from briefing.evidence.rules.report import RuleReport, Waived, check_rules, rule_codes
from briefing.evidence.rules.table import RULES

__all__ = ["RULES", "RuleReport", "Waived", "check_rules", "rule_codes"]
