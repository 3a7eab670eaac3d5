# ruff: noqa: E501  one rule a line reads best
"""All rules, in the order in which their problems are told."""

from __future__ import annotations

from typing import Final

from briefing.evidence.rules import citing, keeping, placeholders, quoting, wording
from briefing.evidence.rules.rule import Rule
from briefing.schema import Loudness

_ERROR, _WARNING, _OFF = Loudness.ERROR, Loudness.WARNING, Loudness.OFF

RULES: Final[tuple[Rule, ...]] = (
    Rule("quote-altered", _ERROR, "A quote says what its source says.", "A changed word puts words in someone's mouth.", quoting.altered_quotes),
    Rule("quote-not-found", _ERROR, "A quote stands in the saved text of its source.", "Nobody may be quoted by hearsay of a source.", quoting.quotes_not_found),
    Rule("quote-source-changed", _ERROR, "A source is the text that its quotes were verified against.", "A page that was rewritten no longer bears out the quote.", quoting.changed_sources),
    Rule("saved-text-unreadable", _ERROR, "A saved text that is named can be read.", "What cannot be read verifies nothing.", quoting.unreadable_texts),
    Rule("quote-unverified", _WARNING, "A quote's source has a saved text.", "A reader is told that the quote was not checked.", quoting.quotes_without_text),
    Rule("quote-speaker-doubtful", _WARNING, "The speaker is named near the passage, nearer than anybody else.", "The right words in the wrong mouth are a misquotation.", quoting.doubtful_speakers),
    Rule("quote-misleading", _WARNING, "The words of a quote mean what they meant in the source.", "A negation or a question cut off turns a statement round.", quoting.misleading_quotes),
    Rule("uncited-key-point", _WARNING, "A key point cites a source.", "Key points are what is repeated.", citing.uncited_key_points),
    Rule("uncited-position", _WARNING, "A position cites a source or a quote.", "Nobody should be given a view that was not reported.", citing.uncited_positions),
    Rule("stance-without-proposition", _WARNING, "Stances are on a proposition.", "'Opposed' to what?", citing.unsupported_stances),
    Rule("speaker-with-one-source", _WARNING, "What somebody said comes from more than one source.", "One reporter's ear is one witness.", citing.single_source_speakers),
    Rule("one-sided-quotes", _WARNING, "Both sides are quoted.", "A side that is only described is at the describer's mercy.", citing.one_sided_quotes),
    Rule("undated-source", _WARNING, "A source has a date.", "Without one a reader cannot tell what it could know.", citing.undated_sources),
    Rule("old-source", _WARNING, "A source is no older than `source_age_days` on the brief's date.", "Positions move.", citing.old_sources),
    Rule("unused-source", _WARNING, "A source is cited.", "A list of sources is not a reading list.", citing.unused_sources),
    Rule("question-without-owner", _WARNING, "An open question has an owner.", "What nobody answers for stays open.", keeping.questions_without_owner),
    Rule("question-past-due", _WARNING, "An open question's date lies ahead, by the brief's date.", "A date that has passed says that nobody looked.", keeping.questions_past_due),
    Rule("question-without-answer", _WARNING, "An answered question says the answer.", "Readers asked for it.", keeping.answers_missing),
    Rule("likelihood-with-confidence", _WARNING, "Likelihood and confidence stand in sentences of their own.", "ICD 203 asks for it: 'probably, with low confidence' says two things that readers take for one.", wording.likelihood_with_confidence),
    Rule("likelihood-off-scale", _WARNING, "Words of likelihood come from the chosen scale.", "Two readers of 'a good chance' have two numbers in mind.", wording.likelihood_off_scale),
    Rule("too-many-pages", _ERROR, "The PDF has at most `max_pages` pages.", "Readers have four minutes.", keeping.too_many_pages),
    Rule("long-sentence", _WARNING, "A sentence has at most `longest_sentence` words.", "Long sentences are read twice or not at all.", wording.long_sentences),
    Rule("hard-to-read", _WARNING, "The reading grade is at most `highest_reading_grade` (Automated Readability Index; English only).", "Policy staff read outside their field.", wording.hard_reading),
    Rule("placeholder-text", _ERROR, "Nothing is left that was to be replaced.", "'TBC' in front of a minister.", placeholders.placeholders),
    Rule("figure-without-alt", _WARNING, "A figure has an alternative text of its own.", "Some readers hear the brief.", keeping.figures_without_words),
    Rule("handling-missing", _WARNING, "The brief has a handling marking.", "Who holds it must know what they may do with it.", keeping.missing_handling),
    Rule("handling-unknown", _WARNING, "The handling marking is of a known form (TLP 2.0, UK classifications, or the office's own).", "A marking that nobody knows binds nobody.", keeping.unknown_handling),
)  # fmt: skip
