"""The release rules: what a brief must keep to before it goes out."""

from briefing.rules.rule_report import RuleReport, Waived, check_rules, rule_codes
from briefing.rules.table import RULES

__all__ = ["RULES", "RuleReport", "Waived", "check_rules", "rule_codes"]
