"""Every clause of 'What is treated as equal', both ways: what it lets pass, and the neighbour that it must not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.quotes.equality import tokens_of
from tests.quotes.asking import asked, status

EQUAL = [
    ("curly and straight double marks", 'called it "a way out" then', "They called it “a way out” then, all of them."),
    ("double and single marks", "called it ‘a way out’ then", "They called it “a way out” then, all of them."),
    ("German marks", "nannte es ‚Ausweg‘ und ging", "Er nannte es „Ausweg“ und ging fort."),
    ("guillemets, with their spaces", 'dit "non" hier', "Il a dit « non » hier soir."),
    ("marks typed twice", 'called it "a way out" then', "They called it ``a way out'' then."),
    ("apostrophes", "we can't say it isn’t so", "Well, we can’t say it isn't so, he said."),
    ("a modifier letter for an apostrophe", "we can't say", "Well, we canʼt say, he said."),
    ("a backtick for an apostrophe", "we can't say", "Well, we can`t say, he said."),
    ("an apostrophe behind a word", "our neighbours' silence", "We bought it with our neighbours’ silence then."),
    ("em dash and spaced en dash", "the gate – the old one – is shut", "Yes, the gate—the old one—is shut."),
    ("hyphen for en dash in a range", "in 2019-2024 and after", "It grew in 2019–2024 and after that."),
    ("two hyphens for a dash", "the gate -- the old one", "Yes, the gate — the old one — is shut."),
    ("no-break hyphen", "a well-known rule", "It is a well\u2011known rule here."),
    ("minus signs", "fell to -5 at night", "It fell to −5 at night."),
    ("en dash as a minus sign", "fell to -5 at night", "It fell to –5 at night."),
    ("no-break space", "by 20 March", "We need it by 20\u00a0March at the latest."),
    ("thin space in a number", "some 10 000 people", "There were some 10\u2009000 people there."),
    ("line breaks and runs of spaces", "shut the gate at dawn", "They shut\nthe  gate\tat dawn, every day."),
    ("ligatures", "the final office effort", "It was the ﬁnal oﬃce eﬀort of all."),
    ("soft hyphens", "the government said", "So the gov\u00adern\u00adment said."),
    ("a soft hyphen at a line's end", "the government said", "So the gov\u00ad\nernment said."),
    ("zero-width spaces", "the government said", "So the gov\u200bernment said."),
    ("a word broken at a line's end", "the government said", "So the gov-\nernment said."),
    ("a compound broken at its hyphen", "to re-sign it", "They have to re-\nsign it now."),
    ("the same, read as one word", "to resign it", "They have to re-\nsign it now."),
    ("broken over a page", "the government said", "So the gov-\n\nernment said."),
    ("a range broken at a line's end", "5-6 metres", "It is 5-\n6 metres deep."),
    ("composed and decomposed letters", "la région d’été", unicodedata.normalize("NFD", "Dans la région d’été, oui.")),
    ("letters with one meaning and two codes", "at 5 Å now", "It is at 5 \u212b now."),
    ("lowered digits", "more CO2 each year", "There is more CO₂ each year."),
    ("dots and an ellipsis", "well... perhaps", "He said: well… perhaps."),
    ("spaced dots", "well... perhaps", "He said: well . . . perhaps."),
    ("a space before a mark", "Quoi ? Rien", "Il dit : Quoi\u202f? Rien du tout."),
    ("the mark that opens each paragraph", "One ends here. Two goes on.", "He said: “One ends here.\n\n“Two goes on.”"),
    ("the same with straight marks", "One ends here. Two goes on.", 'He said: "One ends here.\n\n"Two goes on."'),
    ("the same in single marks", "One ends here. Two goes on.", "He said: ‘One ends here.\n\n‘Two goes on.’"),
    ("letters of scripts without spaces", "不会去", "他说我们不会去。"),
]

DIFFERENT = [
    ("a changed word", "shut the door at dawn", "They shut the gate at dawn, every day."),
    ("a changed number", "shut at 6 today", "They shut at 5 today, as always."),
    ("a negation put in", "we will not shut it", "Yes, we will shut it, he said."),
    ("a negation dropped", "we will shut it", "Yes, we will not shut it, he said."),
    ("a contracted negation", "we can say so", "Well, we can't say so, he said."),
    ("a capital", "Shut the gate", "They shut the gate at dawn."),
    ("a small letter", "nato agreed", "In the end, NATO agreed to it."),
    ("a dropped comma", "no hurry at all", "There is no, hurry at all."),
    ("a comma put in", "shut, the gate", "They shut the gate at dawn."),
    ("a mark changed inside", "It rained. We left", "It rained; We left at dawn."),
    ("marks dropped", "called it a way out then", "They called it “a way out” then, all of them."),
    ("marks put in", "called it ‘a way out’ then", "They called it a way out then, all of them."),
    ("an apostrophe dropped", "its shut now", "So it's shut now, he said."),
    ("a word parted", "shut every day", "They shut everyday things away."),
    ("a word joined", "everyday shut", "In every day shut things are."),
    ("a dash dropped", "the noone here", "It is the no-one here."),
    ("a dash for nothing", "a well known rule", "It is a well-known rule here."),
    ("a hyphen dropped away from a line's end", "to resign it", "They have to re-sign it now."),
    ("a range is no number", "56 metres", "It is 5-\n6 metres deep."),
    ("a sign put before a number", "a rise -5 per cent", "It was a rise - 5 per cent, they said."),
    ("a minus is no range", "about 3 -5 now", "It is about 3-5 now."),
    ("a thousands comma", "some 10000 people", "There were some 10,000 people there."),
    ("a thousands space", "some 10000 people", "There were some 10 000 people there."),
    ("a decimal point", "some 15 metres", "There were some 1.5 metres left."),
    ("a moved decimal point", "some 1.55 metres", "There were some 15.5 metres left."),
    ("a leading decimal point", "rose .5 metres", "It rose 5 metres in a night."),
    ("raised digits", "about 102 cells", "There are about 10² cells."),
    ("full-width digits", "about 12 cells", "There are about １２ cells."),
    ("a fraction", "about 1/2 of it", "There is about ½ of it."),
    ("an accent", "la region entiere", "Dans la région entière."),
    ("a letter alike in another script", "the сat sat", "There the cat sat."),
    ("an unseen override", "pay 10 now", "They pay \u202e01\u202c now."),
    ("long s is no ligature", "the ſame rule", "It is the same rule."),
    ("feet and inches", "is 6″ high", "It is 6′ high."),
    ("a currency", "costs €5 each", "It costs $5 each."),
    ("a percent sign put in", "rose 5% then", "It rose 5 then."),
    ("an initial lost", "the US said", "Then the U.S. said."),
    (
        "the mark that opens a second quotation",
        "One ends here. Two goes on.",
        "He said: “One ends here.”\n\n“Two goes on.”",
    ),
    ("a letter of a script without spaces", "我们会去", "他说我们不会去。"),
]


@pytest.mark.parametrize(("quote", "source"), [row[1:] for row in EQUAL], ids=[row[0] for row in EQUAL])
def test_is_treated_as_equal(quote: str, source: str) -> None:
    assert status(quote, source) == "verbatim"


@pytest.mark.parametrize(("quote", "source"), [row[1:] for row in DIFFERENT], ids=[row[0] for row in DIFFERENT])
def test_is_not_treated_as_equal(quote: str, source: str) -> None:
    assert status(quote, source) in ("altered", "not found")


INSIDE = [
    ("able", "He was unable to go."),
    ("able", "It was a capable and unable man."),
    ("profit", "It is a non-profit body."),
    ("non", "It is a non-profit body."),
    ("profit", "It is a non–profit body."),
    ("can", "We can’t go."),
    ("or", "Bring salt and/or sugar."),
    ("5 million", "It costs 1.5 million."),
    ("rose by 1", "It rose by 1.5 metres."),
    ("rose by 1", "It rose by 1,500 metres."),
    ("5 crowns", "It costs -5 crowns."),
    ("5 crowns", "It costs –5 crowns."),
    ("6 years", "It takes 5–6 years."),
    ("costs 5", "It costs 5% of all."),
    ("costs 5", "It costs 5 % of all."),
    ("5 each", "They cost $5 each."),
    ("320 in all", "There were <320 in all."),
    ("30 today", "We meet at 10:30 today."),
    ("S", "The U.S. said."),
    ("uk", "See gov.uk now."),
    ("minister", "It is the minister’s plan."),
    ("ment", "The govern-\nment said."),
    ("D budget", "The R&D budget fell."),
]


@pytest.mark.parametrize(("quote", "source"), INSIDE)
def test_no_passage_begins_or_ends_inside_a_word_or_a_number(quote: str, source: str) -> None:
    assert status(quote, source) in ("altered", "not found")


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("no one agreed", "He said—no one agreed—that."),
        ("profit", "It is a non - profit."),
        ("able", "Was he “able” to?"),
        ("strongly rebukes", "NASA said it “strongly rebukes” Russia."),
        ("5–6 years", "It takes 5-6 years."),
        ("$5 each", "They cost $5 each."),
    ],
)
def test_a_passage_may_begin_and_end_at_a_mark(quote: str, source: str) -> None:
    assert status(quote, source) == "verbatim"


@given(st.text(max_size=60))
def test_tokens_stand_in_order_and_have_something_in_them(text: str) -> None:
    tokens = tokens_of(text)
    assert list(tokens.starts) == sorted(tokens.starts)
    for index in range(len(tokens)):
        assert tokens.forms[index]
        assert tokens.starts[index] < tokens.ends[index] <= len(text)
        assert index == 0 or tokens.ends[index - 1] <= tokens.starts[index]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_reading_a_text_in_another_unicode_form_changes_no_word(text: str) -> None:
    composed = list(tokens_of(unicodedata.normalize("NFC", text)).forms)
    decomposed = list(tokens_of(unicodedata.normalize("NFD", text)).forms)
    assert composed == decomposed


@given(st.data())
def test_an_exact_part_of_a_text_is_verbatim_and_its_offsets_point_at_it(data: st.DataObject) -> None:
    words = data.draw(
        st.lists(st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=6), min_size=1, max_size=30)
    )
    joints = data.draw(
        st.lists(
            st.sampled_from([" ", ", ", "; ", " – ", "\n", "\n\n", " (", ") "]),
            min_size=len(words),
            max_size=len(words),
        )
    )
    source = "".join(word + joint for word, joint in zip(words, joints, strict=True)).strip()
    tokens = tokens_of(source)
    bounds = [index for index in range(len(tokens)) if index - 1 not in tokens.joined and index not in tokens.broken]
    first = data.draw(st.sampled_from(bounds))
    last = data.draw(st.sampled_from([end for end in (*bounds, len(tokens)) if end > first]))
    quote = tokens.written(first, last)
    if last - 1 in tokens.joined or not any(character.isalnum() for character in quote):
        return
    finding = asked(quote, source)
    assert finding.status == "verbatim"
    assert all(tokens_of(source[place.start : place.end]).forms == tokens_of(quote).forms for place in finding.places)
    assert tokens.starts[first] in [place.start for place in finding.places] or len(finding.places) >= 50
