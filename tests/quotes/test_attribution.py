"""Whether a source gives the words to the speaker that the brief names."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefing.quotes.attribution import READ_WHOLE, Attributions, Claim
from briefing.quotes.finding.extraction import Quotation, quotations
from briefing.quotes.lookup import look_up
from briefing.quotes.read_any import saved_text_of
from briefing.quotes.saved_text import TextParagraph
from briefing.quotes.source_index import SourceIndex
from tests.quotes.asking import index_of

ARTICLE = """Harbour board splits

Maud Ferrier, who chairs the harbour board, opened the meeting. Tobias Renck, master of the ferry, sat at the back.

Ferrier said: “We cannot run a boat for eleven people.” Renck said: “They count heads in February.”

She added: “I will not ask the schools.”

“Nobody comes aboard to look,” Mr Renck told the board, to which Ms Ferrier had turned.

He went on: “There is a cheaper boat.”

The Islanders’ League called it “a quiet betrayal”.

It was raining.

It went on raining.

It had been raining for a week.

“The berth is too shallow,” said Ines Oduya, the council’s transport officer.
"""


def doubts(
    quote: str, claim: Claim, index: SourceIndex | None = None, language: str | None = None
) -> list[tuple[str, str]]:
    source = index or index_of(ARTICLE)
    (place, *_) = look_up(quote, source).places
    weighed = Attributions(source.saved, language).weigh(place, claim)
    return [(str(caution.doubt), caution.message) for caution in weighed.cautions]


def claim(speaker: str, *bodies: str) -> Claim:
    return Claim(speaker, bodies)


RIGHT = [
    ("We cannot run a boat for eleven people", claim("Maud Ferrier")),
    ("We cannot run a boat for eleven people", claim("Ferrier", "Skerrow Harbour Board")),
    ("They count heads in February", claim("Tobias Renck")),
    ("I will not ask the schools", claim("Maud Ferrier")),
    ("Nobody comes aboard to look", claim("Tobias Renck")),
    ("There is a cheaper boat", claim("Tobias Renck")),
    ("a quiet betrayal", claim("Islanders’ League")),
    ("a quiet betrayal", claim("Jo Tarn", "Islanders’ League")),
    ("The berth is too shallow", claim("Ines Oduya")),
    ("The berth is too shallow", claim("transport officer")),
    ("The berth is too shallow", claim("Инес Одуя")),
]


@pytest.mark.parametrize(("quote", "said"), RIGHT, ids=lambda value: value if isinstance(value, str) else value.speaker)
def test_the_right_speaker_raises_no_doubt(quote: str, said: Claim) -> None:
    assert doubts(quote, said) == []


ERROR, WARNING = "other-speaker", "speaker-not-named"
DEPUTIES = [
    ("“It stays,” a spokesman for Nora Tamm said.", "a spokesman for Nora Tamm", ERROR),
    ("A spokeswoman for Nora Tamm said: “It stays.”", "a spokeswoman for Nora Tamm", ERROR),
    ("Nora Tamm’s spokesman said: “It stays.”", "Nora Tamm’s spokesman", ERROR),
    ("Nora Tamm’s lawyer, Olaf Berg, said: “It stays.”", "Olaf Berg", ERROR),
    ("Nora Tamm’s husband, Olaf Berg, said: “It stays.”", "Olaf Berg", ERROR),
    ("“It stays,” said Tamm’s chief of staff.", "Tamm’s chief of staff", ERROR),
    ("“It stays,” her spokesman said.", "her spokesman", WARNING),
    ("“It stays,” an aide to Nora Tamm told reporters.", "an aide", WARNING),
    ("“It stays,” said the Harbour Board’s director, Olaf Berg.", "Olaf Berg", WARNING),
    ("“It stays,” said Olaf Berg, who came from afar.", "Olaf Berg", ERROR),
    ("„It stays“, sagte ein Sprecher von Nora Tamm.", "ein Sprecher von Nora Tamm", ERROR),
    ("« It stays », a déclaré un porte-parole de Nora Tamm.", "un porte-parole de Nora Tamm", ERROR),
]


@pytest.mark.parametrize(("said", "name", "doubt"), DEPUTIES, ids=lambda value: value)
def test_who_speaks_for_a_person_is_somebody_else(said: str, name: str, doubt: str) -> None:
    source = index_of(f"On Monday Nora Tamm visited Halden.\n\n{said}")
    language = {"„": "de", "«": "fr"}.get(said[0])
    person = Claim("Nora Tamm", ("Harbour Board",), role="Minister for Water")
    assert doubts("It stays", person, source, language) == [(doubt, f"the source gives the words to ‘{name}’")]


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("“It stays,” a spokesman for the Harbour Board said.", Claim("Harbour Board", role="agency")),
        (
            "“It stays,” a spokesman for the Harbour Board said.",
            Claim("Olaf Berg", ("Harbour Board",), role="spokesman"),
        ),
        ("“It stays,” a spokesman for Greenpeace said.", Claim("Greenpeace")),
        ("“It stays,” said the Harbour Board’s spokesman, Olaf Berg.", Claim("Olaf Berg", ("Harbour Board",))),
        ("“It stays,” said the Liberal housing spokeswoman, Nora Tamm.", Claim("Nora Tamm", role="MP for Halden")),
        ("“It stays,” said Nora Tamm, an adviser to the board.", Claim("Nora Tamm", role="engineer")),
        ("“It stays,” a company spokesman said.", Claim("Nora Tamm", role="head of press")),
        ("Minister: “It stays.”", Claim("Nora Tamm", role="Minister for Water")),
        ("„It stays“, sagte der klimapolitische Sprecher Olaf Berg.", Claim("Olaf Berg", role="Abgeordneter")),
    ],
    ids=lambda value: value if isinstance(value, str) else value.speaker,
)
def test_a_body_speaks_by_its_spokesman_and_a_spokesman_for_himself(said: str, right: Claim) -> None:
    assert doubts("It stays", right, index_of(f"Nora Tamm and Olaf Berg came to Halden.\n\n{said}")) == []


WRONG = [
    ("We cannot run a boat for eleven people", claim("Tobias Renck"), "Ferrier"),
    ("They count heads in February", claim("Maud Ferrier"), "Renck"),
    ("Nobody comes aboard to look", claim("Maud Ferrier"), "Renck"),
    ("a quiet betrayal", claim("Maud Ferrier"), "League"),
    ("The berth is too shallow", claim("Maud Ferrier"), "Oduya"),
    ("The berth is too shallow", claim("Nobody Known"), "Oduya"),
]


@pytest.mark.parametrize(
    ("quote", "said", "name"), WRONG, ids=lambda value: value if isinstance(value, str) else value.speaker
)
def test_words_that_the_source_gives_to_somebody_else_are_doubted(quote: str, said: Claim, name: str) -> None:
    ((doubt, message),) = doubts(quote, said)
    assert doubt == "other-speaker"
    assert message.startswith("the source gives the words to ‘") and name in message


@pytest.mark.parametrize("quote", ["There is a cheaper boat", "I will not ask the schools"])
def test_no_doubt_rests_on_whom_a_pronoun_may_mean(quote: str) -> None:
    assert [doubts(quote, claim(name)) for name in ("Maud Ferrier", "Tobias Renck")] == [[], []]


def test_a_speaker_to_be_confirmed_is_left_to_the_rule_on_placeholders() -> None:
    assert doubts("They count heads in February", claim("TBC", "Harbour Authority of Nowhere")) == []


def test_a_speaker_who_is_named_nowhere_near_is_doubted() -> None:
    source = index_of(
        "Ada Quill came.\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nThe gate stays shut.\n\nFive.\n\nSix: Ada Quill left."
    )
    assert [doubt for doubt, _ in doubts("The gate stays shut", Claim("Ada Quill"), source)] == ["speaker-not-named"]
    assert doubts("The gate stays shut", Claim("Ada Quill", own_words=True), source) == []
    nearer = index_of("Ada Quill came.\n\nOne.\n\nTwo.\n\nThe gate stays shut.\n\nFive.")
    assert doubts("The gate stays shut", Claim("Ada Quill"), nearer) == []
    after = index_of("One.\n\nTwo.\n\nThe gate stays shut.\n\nSo said Ada Quill.")
    assert doubts("The gate stays shut", Claim("Ada Quill"), after) == []


UNMARKED = """Ada Quill asked for time, and nobody spoke.

Bo Lind, for the growers, held that the gate must stay shut. The gate is old.

QUILL: The pier is another matter.

Lind looked at the rain. The boats would not sail.
"""


@pytest.mark.parametrize(
    ("quote", "right", "wrong"),
    [("the gate must stay shut", "Bo Lind", "Ada Quill"), ("The pier is another matter.", "Ada Quill", "Bo Lind")],
)
def test_another_speaker_stated_for_words_without_quotation_marks_is_doubted(
    quote: str, right: str, wrong: str
) -> None:
    ((doubt, message),) = doubts(quote, Claim(wrong), index_of(UNMARKED))
    assert (doubt, message.split("‘")[0]) == ("other-speaker", "the source gives the words to ")
    assert doubts(quote, Claim(right), index_of(UNMARKED)) == []
    assert doubts(quote, Claim(wrong, own_words=True), index_of(UNMARKED)) == []


def test_another_party_who_is_only_named_nearer_is_no_doubt() -> None:
    assert doubts("The boats would not sail.", Claim("Ada Quill"), index_of(UNMARKED)) == []


PARAPHRASE = """The board met. “We are done,” said Ada Quill.

Quill added that the pier would stay shut until May.

QUILL: The gate is another matter.

The clerk: Quill left then.
"""


def test_words_outside_the_quotation_marks_of_a_source_that_uses_them_may_be_paraphrase() -> None:
    source = index_of(PARAPHRASE)
    ((doubt, message),) = doubts("the pier would stay shut until May", Claim("Ada Quill"), source)
    assert (doubt, message) == (
        "outside-quotation-marks",
        "it stands outside quotation marks: the words may be the writer’s",
    )
    assert doubts("the pier would stay shut until May", Claim("Ada Quill", own_words=True), source) == []
    assert doubts("We are done", Claim("Ada Quill"), source) == []
    assert doubts("The gate is another matter.", Claim("Ada Quill"), source) == []
    unmarked = index_of(PARAPHRASE.replace("“We are done,” said Ada Quill.", "Ada Quill said that we are done."))
    assert doubts("the pier would stay shut until May", Claim("Ada Quill"), unmarked) == []


def test_a_block_set_as_a_quotation_needs_no_marks() -> None:
    page = "<p>“We are done,” said Ada Quill. She wrote:</p><{0}><p>The pier stays shut.</p></{0}><p>“Really,” Quill said.</p>"
    for element, expected in (("blockquote", []), ("section", ["outside-quotation-marks"])):
        source = SourceIndex.of(saved_text_of(page.format(element).encode(), ".html"))
        assert [doubt for doubt, _ in doubts("The pier stays shut.", Claim("Ada Quill"), source)] == expected


def test_each_piece_of_a_joined_quote_is_looked_at() -> None:
    joined = "We cannot run a boat for eleven people.” Renck said: “They count heads in February."
    assert (
        look_up("We cannot run a boat […] They count heads in February.", index_of(ARTICLE)).status
        == "verbatim with marked changes"
    )
    found = doubts("We cannot run a boat […] They count heads in February.", claim("Maud Ferrier"))
    assert joined in ARTICLE
    assert [doubt for doubt, _ in found] == ["other-speaker"]


def test_a_long_text_is_read_around_the_passage_with_the_same_outcome() -> None:
    filler = "\n\n".join(["It rained, and the boats stayed in."] * (READ_WHOLE // 30))
    source = index_of(f"{filler}\n\n{ARTICLE}\n\n{filler}")
    assert len(source.saved.text) > READ_WHOLE
    for quote, said in RIGHT:
        assert doubts(quote, said, source) == []
    for quote, said, _ in WRONG:
        assert [doubt for doubt, _ in doubts(quote, said, source)] == ["other-speaker"]


LABELLED = [
    ("[Tamm] We pay.\n\n[Berg] We close it in May.\n\n[Tamm] Good.\n", ".txt"),
    ("The Minister for Rivers (Nora Tamm)\nWe pay.\n\nOlaf Berg (Veska) (Lab)\nWe close it in May.\n", ".txt"),
    ("Mme Nora Tamm, rapporteure. Nous payons.\n\nM. Olaf Berg. We close it in May.\n", ".txt"),
    ("P: We close it in May.\n\nR: No.\n\nP: ¿Y ahora?\n\nR: Sí.\n\nEntrevista con Nora Tamm.\n", ".txt"),
    ("Minister: We pay.\n\nJournalist: We close it in May.\n\nNora Tamm is the minister.\n", ".txt"),
    ("| Who | Words |\n|---|---|\n| Nora Tamm | We pay. |\n| Olaf Berg | We close it in May. |\n", ".md"),
    (
        "From: Olaf Berg\nTo: a@x.org\nMIME-Version: 1.0\n\nNo.\n\nDe: Nora Tamm\nEnviado: hoy\nPara: Olaf Berg\nAsunto: x\n\nWe close it in May.\n",
        ".eml",
    ),
    (
        "From: Olaf Berg\nTo: a@x.org\nMIME-Version: 1.0\n\nNo.\n\nEl lun, 2 mar 2026, Nora Tamm (<n@x.org>) escribió:\n> We close it in May.\n",
        ".eml",
    ),
]


@pytest.mark.parametrize(("source", "suffix"), LABELLED)
def test_labels_give_words_to_whom_they_name(source: str, suffix: str) -> None:
    index = SourceIndex.of(saved_text_of(source.encode(), suffix))
    wrong = "Olaf Berg" if suffix == ".eml" else "Nora Tamm"
    assert [code for code, _ in doubts("We close it in May.", claim(wrong), index)] == ["other-speaker"]


def test_initials_are_those_of_the_speaker_and_an_office_is_not() -> None:
    minutes = index_of("NT: We pay.\n\nOB: We close it.\n\nNT: Good.\n\nPresent: Nora Tamm (NT), Olaf Berg (OB)\n")
    assert doubts("We close it.", claim("Olaf Berg"), minutes) == []
    assert [code for code, _ in doubts("We close it.", claim("Nora Tamm"), minutes)] == ["other-speaker"]
    chaired = index_of("The Chair: We close it.\n\nNora Tamm: I agree with that.\n")
    assert [code for code, _ in doubts("We close it.", claim("Nora Tamm"), chaired)] == ["speaker-not-named"]


PLAINLY = [
    ("Nora Tamm estaba allí. Olaf Berg dijo: «Pagaremos todo.»", "Pagaremos todo.", "other-speaker"),
    ("Nora Tamm estaba allí. «Pagaremos todo», dijo el alcalde Olaf Berg.", "Pagaremos todo", "other-speaker"),
    ("Nora Tamm era lì. «Pagheremo tutto», ha detto Olaf Berg.", "Pagheremo tutto", "other-speaker"),
    ("Nora Tamm was er. “We betalen alles”, zei Olaf Berg.", "We betalen alles", "other-speaker"),
    ("Nora Tamm nunca dijo: «Pagaremos todo.»", "Pagaremos todo.", "not-said"),
    ("Nora Tamm non ha mai detto: «Pagheremo tutto.»", "Pagheremo tutto.", "not-said"),
    ("Nora Tamm soll gesagt haben: „Wir zahlen alles.“", "Wir zahlen alles.", "not-said"),
    ("Nora Tamm aurait dit : « Nous payons tout. »", "Nous payons tout.", "not-said"),
    ("Nora Tamm reportedly said: “We pay it all.”", "We pay it all.", "not-said"),
]


@pytest.mark.parametrize(("source", "quote", "doubt"), PLAINLY)
def test_speakers_and_denials_are_found_in_more_languages(source: str, quote: str, doubt: str) -> None:
    index = index_of(source)
    assert doubt in [code for code, _ in doubts(quote, claim("Nora Tamm"), index)]
    if doubt == "other-speaker":
        assert doubts(quote, claim("Olaf Berg"), index) == []


def test_names_in_scripts_without_capitals_are_compared() -> None:
    arabic = index_of("كانت نورا تام هناك. قال أولاف بيرغ: «سندفع كل شيء.»")
    assert [code for code, _ in doubts("سندفع كل شيء.", claim("نورا تام"), arabic)] == ["speaker-not-named"]
    assert doubts("سندفع كل شيء.", claim("أولاف بيرغ"), arabic) == []
    denied = index_of('נורה תם מעולם לא אמרה: "נשלם הכול."')
    assert "not-said" in [code for code, _ in doubts("נשלם הכול.", claim("נורה תם"), denied)]


def test_a_stretch_of_a_long_text_is_read_once_for_all_passages_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    source = index_of("They said so, and the dam held " * (READ_WHOLE // 20))
    places = look_up("the dam held", source).places
    read: list[int] = []

    def counted(paragraphs: Sequence[TextParagraph], language: str) -> tuple[Quotation, ...]:
        read.append(len(paragraphs))
        return quotations(paragraphs, language)

    monkeypatch.setattr("briefing.quotes.attribution.quotations", counted)
    held = Attributions(source.saved)
    for place in places[:5]:
        held.weigh(place, claim("Maud Ferrier"))
    assert len(places) > 5 and read == [1]
