"""All rules, in the order of `rules.toml`, which says in words what each asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from briefing.resources import read_table
from briefing.rules import citing, keeping, placeholders, quoting, scripts
from briefing.rules import language as wording
from briefing.rules.subject import Breach, Rule, Subject
from briefing.schema import RuleLevel

_BREACHES: Final[dict[str, Callable[[Subject], Iterator[Breach]]]] = {
    "quote-altered": quoting.altered_quotes,
    "quote-not-found": quoting.quotes_not_found,
    "quote-source-changed": quoting.changed_sources,
    "saved-text-unreadable": quoting.unreadable_texts,
    "quote-unverified": quoting.quotes_without_text,
    "quote-speaker-doubtful": quoting.doubtful_speakers,
    "quote-misleading": quoting.misleading_quotes,
    "place-not-in-source": quoting.places_not_found,
    "uncited-key-point": citing.uncited_key_points,
    "uncited-position": citing.uncited_positions,
    "stance-without-proposition": citing.unsupported_stances,
    "party-twice": citing.parties_twice,
    "speaker-with-one-source": citing.single_source_speakers,
    "one-sided-quotes": citing.one_sided_quotes,
    "dates-out-of-order": citing.dates_out_of_order,
    "undated-source": citing.undated_sources,
    "old-source": citing.old_sources,
    "unused-source": citing.unused_sources,
    "question-without-owner": keeping.questions_without_owner,
    "question-past-due": keeping.questions_past_due,
    "question-without-answer": keeping.answers_missing,
    "likelihood-with-confidence": wording.likelihood_with_confidence,
    "likelihood-off-scale": wording.likelihood_off_scale,
    "form-incomplete": keeping.form_incomplete,
    "reading-time": keeping.read_too_long,
    "too-many-pages": keeping.too_many_pages,
    "long-sentence": wording.long_sentences,
    "hard-to-read": wording.hard_reading,
    "placeholder-text": placeholders.placeholders,
    "starter-text": placeholders.starter_texts,
    "mixed-scripts": scripts.mixed_scripts,
    "figure-without-alt": keeping.figures_without_words,
    "handling-missing": keeping.missing_handling,
    "handling-unknown": keeping.unknown_handling,
}


def _rules() -> Iterator[Rule]:
    for code, entry in read_table("briefing.rules", "rules.toml").items():
        yield Rule(code, breaches=_BREACHES[code], **{**entry, "level": RuleLevel(entry["level"])})


RULES: Final = tuple(_rules())
"""Every rule, in the order in which their problems are told."""
