"""What turned the words round, limited them or gave them to others, and was cut off or put in, in the languages people write in."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from briefing.quotes.attribution import Attributions, Claim
from briefing.quotes.editorial_marks import take_apart
from briefing.quotes.sense import cut_off
from tests.quotes.asking import asked, doubts, index_of, status

NEGATED = [
    ("I have never once in my life said the dyke is safe.", "the dyke is safe."),
    ("Wir schließen das Ufer im Mai nicht.", "Wir schließen das Ufer"),
    ("Wir lehnen es ab, das Ufer zu schließen.", "das Ufer zu schließen."),
    ("Keineswegs ist der Deich sicher.", "ist der Deich sicher."),
    ("We agree that it must go, just not now.", "We agree that it must go […]"),
    ("We will close the bank under no circumstances.", "We will close the bank"),
    ("It would be wrong to say that the dyke is safe.", "the dyke is safe."),
    ("Perhaps we will close the bank.", "we will close the bank."),
    ("Peut-être que nous paierons.", "nous paierons."),
    ("No creo que el condado pague.", "el condado pague."),
    ("Es falso que el dique sea seguro.", "el dique sea seguro."),
    ("Ik geloof niet dat de provincie betaalt.", "de provincie betaalt."),
    ("Não acredito que o condado pague.", "o condado pague."),
    ("Nie wierzę, że powiat zapłaci.", "powiat zapłaci."),
    ("Jag tror inte att länet betalar.", "länet betalar."),
    ("لا أعتقد أن المقاطعة ستدفع.", "المقاطعة ستدفع."),
    ("לא נסגור את הגדה.", "נסגור את הגדה."),
]
CONDITIONAL = [
    ("Zahlt der Kreis, so schließen wir das Ufer.", "schließen wir das Ufer."),
    ("Chiuderemo la riva se il paese paga.", "Chiuderemo la riva"),
    ("We sluiten de dijk als het regent.", "We sluiten de dijk"),
    ("Were the county to agree, we would close it.", "we would close it."),
    ("We will pay once the county has paid.", "We will pay […]"),
    ("We will not sign until the county pays.", "We will not sign"),
    ("We will pay for every bank except the eastern one.", "We will pay for every bank"),
    ("Nous paierons tout, sauf la rive est.", "Nous paierons tout"),
    ("Cerraremos la orilla siempre que pague el condado.", "Cerraremos la orilla"),
    ("سنغلق الضفة إذا دفعت المقاطعة.", "سنغلق الضفة […]"),
    ("נסגור את הגדה אם המחוז ישלם.", "נסגור את הגדה"),
]
UNHURT = [
    ("It rained, so we closed it.", "we closed it."),
    ("Pagaremos y se lo diremos a todos.", "Pagaremos"),
    ("We will pay without delay.", "We will pay"),
    ("The bank at the eastern end is not safe.", "The bank at the eastern end"),
    ("It rains, so we close the bank.", "we close the bank."),
    ("Siempre hemos pagado el dique.", "hemos pagado el dique."),
    ("Se cerrará la orilla, y pagaremos.", "pagaremos."),
]


@pytest.mark.parametrize(("source", "quote"), NEGATED)
def test_what_denies_the_words_and_was_cut_off_is_told(source: str, quote: str) -> None:
    assert "negation-cut-off" in doubts(quote, source)


@pytest.mark.parametrize(("source", "quote"), CONDITIONAL)
def test_a_condition_or_an_exception_that_was_cut_off_is_told(source: str, quote: str) -> None:
    assert "condition-cut-off" in doubts(quote, source)


@pytest.mark.parametrize(("source", "quote"), UNHURT)
def test_what_changes_nothing_may_be_cut_off(source: str, quote: str) -> None:
    assert doubts(quote, source) == []


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("We pay 5 euros in May.", "We pay 5 [pounds] in May."),
        ("We will pay in May.", "We will pay in [June]."),
        ("All farmers are against it.", "[Some] farmers are against it."),
        ("It was the worst year.", "It was the [best] year."),
        ("The dyke is safe now.", "The dyke is [dangerous] now."),
        ("It costs 5 euros.", "It costs [9]."),
        ("Pagaremos cinco millones.", "Pagaremos [nueve] millones."),
    ],
)
def test_a_bracket_does_not_set_one_word_for_another_of_its_kind(source: str, quote: str) -> None:
    assert status(quote, source) == "altered"


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("We pay in May.", "We pay in [early] May."),
        ("He went to the bank.", "[The mayor] went to the bank."),
        ("The dyke is old.", "The dyke [at Veska] is old."),
        ("It is his.", "It is [Olaf Berg’s]."),
    ],
)
def test_a_bracket_may_explain(source: str, quote: str) -> None:
    assert status(quote, source) == "verbatim with marked changes"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("My opponents say that", True),
        ("We were told that", True),
        ("The report says", True),
        ("Le maire a dit que", True),
        ("Der Landrat sagte, dass", True),
        ("El alcalde dice que", True),
        ("We have always said that", False),
        ("Let me say that", False),
        ("It must be said that", False),
        ("J’ai dit que", False),
        ("Ich sage, dass", False),
    ],
)
def test_what_the_speaker_hands_on_without_marks_is_told(words: str, told: bool) -> None:
    source = f"Nora Tamm said: “{words} the dyke is safe.”"
    (place, *_) = asked("the dyke is safe.", source).places
    found = Attributions(index_of(source).saved).weigh(place, Claim("Nora Tamm")).cautions
    assert ("second-hand" in [str(caution.doubt) for caution in found]) is told


def test_of_a_text_without_full_stops_no_more_is_looked_at_than_may_govern_the_words() -> None:
    far = "we go and " * 400
    index = index_of(f"{far}the dam will hold {far}")
    looked_at = 0

    class Counted(list[str]):
        def __getitem__(self, place: Any) -> Any:
            nonlocal looked_at
            looked_at += 1
            return super().__getitem__(place)

    forms = Counted(index.tokens.forms)
    (span,) = index.occurrences(take_apart("the dam will hold").pieces[0])
    tuple(cut_off(replace(index, tokens=replace(index.tokens, forms=forms)), [span], len(forms)))
    assert 600 <= looked_at < 1_500
