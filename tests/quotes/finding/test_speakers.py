"""Who a quotation's own sentence says spoke, in every order that newspapers write it; nobody where it does not say so."""

from __future__ import annotations

import pytest

from tests.quotes.finding.said import found, speakers

STATED = [
    # after the quotation, in both orders
    ("“It holds,” said Anna Bell.", "Anna Bell", "said"),
    ("“It holds,” Anna Bell said.", "Anna Bell", "said"),
    ("“It holds,” said Ms Anna Bell, the head of the port.", "Anna Bell", "said"),
    ("“It holds,” Anna Bell, the head of the port, told reporters.", "Anna Bell", "told"),
    ("“It holds,” Anna Bell, 43, told reporters.", "Anna Bell", "told"),
    ("“It holds,” Anna Bell (Lab, Hull) told MPs.", "Anna Bell", "told"),
    ("“It holds,” Anna Bell, who runs the port, later added.", "Anna Bell", "added"),
    ("“Does it hold?” asked Anna Bell.", "Anna Bell", "asked"),
    ("“It holds!” Anna Bell shouted from the quay.", "Anna Bell", "shouted"),
    ("“It holds.” Anna Bell said.", "Anna Bell", "said"),
    ("“It holds,” said the port's director, Anna Bell.", "Anna Bell", "said"),
    ("“It holds,” said port director Anna Bell.", "Anna Bell", "said"),
    ("“It holds,” said analyst Anna Bell of Hull Securities.", "Anna Bell", "said"),
    ("“It holds,” wrote J. R. Bell in a letter.", "J. R. Bell", "wrote"),
    ("“It holds,” said Anna van der Meer.", "Anna van der Meer", "said"),
    ("“It holds,” said Seán O’Neill.", "Seán O’Neill", "said"),
    ("“It holds,” said Anna Bell-Reed.", "Anna Bell-Reed", "said"),
    ("“It holds” — Anna Bell", "Anna Bell", None),
    # before the quotation
    ("Anna Bell said: “It holds.”", "Anna Bell", "said"),
    ("Anna Bell said it “holds well”.", "Anna Bell", "said"),
    ("Anna Bell, the head of the port, said that it “holds well”.", "Anna Bell", "said"),
    ("The head of the port, Anna Bell, said that it “holds well”.", "Anna Bell", "said"),
    ("On Monday, Anna Bell told the Harbour Board that it “holds well”.", "Anna Bell", "told"),
    ("Anna Bell of the Harbour Board said it “holds well”.", "Anna Bell", "said"),
    ("Anna Bell did not comment on the cost but said it “holds well”.", "Anna Bell", "said"),
    ("Anna Bell praised the crew, adding that it “holds well”.", "Anna Bell", "adding"),
    ("Anna Bell has repeatedly warned that it “will not hold”.", "Anna Bell", "warned"),
    ("Anna Bell called it “a very good dam”.", "Anna Bell", "called"),
    ("Anna Bell described the dam as “a wall of good sense”.", "Anna Bell", "described"),
    ("The dam was described by Anna Bell as “a wall of good sense”.", "Anna Bell", "described"),
    ("Anna Bell: “It holds.”", "Anna Bell", None),
    ("According to Anna Bell, the dam “holds well enough”.", "Anna Bell", "According to"),
    ("The dam “holds well enough”, according to Anna Bell.", "Anna Bell", "according to"),
    ("Anna Bell's verdict: “It holds.”", "Anna Bell", None),
    ("A statement from the Harbour Board: “It holds.”", "Harbour Board", None),
    ("Said Anna Bell: “It holds.”", "Anna Bell", "Said"),
    # bodies and people without a name
    ("The Ministry of Defence said it “holds well enough”.", "Ministry of Defence", "said"),
    ("The University of Lake Province said it “holds well enough”.", "University of Lake Province", "said"),
    ("NASA said it “strongly rebukes” the crew.", "NASA", "said"),
    ("A spokesman for the port authority said it “holds well enough”.", "a spokesman for the port authority", "said"),
    ("“It holds,” said a spokeswoman.", "a spokeswoman", "said"),
    ("“It holds,” said one of the divers.", "one of the divers", "said"),
    ("“It holds,” said the bystander.", "the bystander", "said"),
    ("“It holds,” a woman in the crowd said.", "a woman in the crowd", "said"),
    ("Islanders said it “holds well enough”.", "Islanders", "said"),
    ("The report said it “holds well enough”.", "the report", "said"),
    ("The board's report said it “holds well enough”.", "the board", "said"),
]


@pytest.mark.parametrize(("text", "speaker", "verb"), STATED)
def test_a_speaker_who_is_named_in_the_sentence_is_stated(text: str, speaker: str, verb: str | None) -> None:
    (quotation,) = found(text)
    assert (quotation.speaker, quotation.verb) == (speaker, verb)


def test_the_speaker_between_two_parts_has_both() -> None:
    first, second = found("“It holds,” said Anna Bell, “and it will hold.”")
    assert (first.speaker, second.speaker) == ("Anna Bell", "Anna Bell")
    assert (first.continues, second.continues) == (False, True)


def test_two_speakers_in_one_sentence_have_their_own() -> None:
    assert speakers("Anna Bell called it “a good dam” and Tom Reed said it was “a heap of sand”.") == [
        "Anna Bell",
        "Tom Reed",
    ]


def test_two_quotations_with_one_verb() -> None:
    assert speakers("Anna Bell said it was “a good dam” and “a fine wall”.") == ["Anna Bell", "Anna Bell"]


def test_a_line_that_ends_in_a_colon_introduces_the_next_paragraph() -> None:
    (quotation,) = found("Anna Bell, the head of the port, said:\n\n“It holds.”")
    assert quotation.speaker == "Anna Bell"


def test_the_attribution_after_the_last_paragraph_is_that_of_the_whole() -> None:
    (quotation,) = found("Tom Reed came.\n\n“The first.\n\n“The second,” said Anna Bell.")
    assert (quotation.speaker, quotation.verb) == ("Anna Bell", "said")


def test_the_attribution_before_the_first_paragraph_is_that_of_the_whole() -> None:
    (quotation,) = found("Anna Bell said: “The first.\n\n“The second.” Tom Reed said nothing.")
    assert (quotation.speaker, quotation.verb) == ("Anna Bell", "said")


UNCERTAIN = [
    "Anna Bell never said it was “a heap of sand”.",
    "Anna Bell denied that it was “a heap of sand”.",
    "If Anna Bell says it is “a heap of sand”, we go.",
    "Anna Bell or Tom Reed said it was “a heap of sand”.",
    "Neither Anna Bell nor Tom Reed said it was “a heap of sand”.",
    "A woman who knew Anna Bell said it was “a heap of sand”.",
    "Engineers who warned of it were told to “stop writing things down”.",
    "Anna Bell said the dam was described as “a heap of sand”.",
    "Anna Bell was told to “stop writing things down”.",
    "Anna Bell was accused of “building on the sand”.",
]


@pytest.mark.parametrize("text", UNCERTAIN)
def test_a_name_near_the_words_is_not_taken_where_the_sentence_does_not_say_so(text: str) -> None:
    assert speakers(text) == [None]


OTHERS_NEAR = [
    ("Anna Bell said the meeting, held in Hull, was “a heap of sand”.", "Anna Bell"),
    ("Anna Bell, whose brother Tom Reed said nothing, told the board it was “a heap of sand”.", "Anna Bell"),
    ("Anna Bell met Tom Reed, who called it “a heap of sand”.", "Tom Reed"),
    ("Tom Reed's mother said it was “a heap of sand”.", "Tom Reed's mother"),
    ("Anna Bell quoted Tom Reed as saying it was “a heap of sand”.", "Tom Reed"),
    ("“It holds,” the Gazette quoted Tom Reed as saying.", "Tom Reed"),
    ("Anna Bell said Tom Reed had called it “a heap of sand”.", "Tom Reed"),
    ("Unlike Tom Reed, Anna Bell said it was “a heap of sand”.", "Anna Bell"),
    ("Anna Bell and Tom Reed said it was “a heap of sand”.", "Anna Bell and Tom Reed"),
    ("“It holds,” said Anna Bell and Tom Reed.", "Anna Bell and Tom Reed"),
    ("Asked if Tom Reed agreed, Anna Bell smiled and said it was “a heap of sand”.", "Anna Bell"),
    ("“It holds,” according to a report by Anna Bell.", "Anna Bell"),
]


@pytest.mark.parametrize(("text", "speaker"), OTHERS_NEAR)
def test_the_speaker_is_told_from_others_in_the_sentence(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


def test_a_word_that_is_as_often_a_noun_needs_a_clear_subject() -> None:
    assert speakers("Despite the claims “of a good dam and a fine wall” nobody came.") == [None]


def test_the_quoting_verb_of_another_sentence_is_not_borrowed() -> None:
    assert speakers("Anna Bell said nothing. The gate bears the line “who builds on sand builds twice”.") == [None]


def test_full_names_stand_for_short_ones() -> None:
    people = "Anna Bell came. “It holds,” said Bell.\n\n“It does,” Ms Bell added."
    text = people + "\n\nThe Southern Space Agency (SSA) agreed: the SSA said it “holds well enough”."
    assert speakers(text) == ["Anna Bell", "Anna Bell", "Southern Space Agency"]


def test_a_surname_that_two_people_share_is_left_as_it_stands() -> None:
    assert speakers("Anna Bell and Tom Bell came. “It holds,” said Bell.") == ["Bell"]


ROLES = [
    ("“It holds,” said Anna Bell, the head of the Harbour Board.", "head of the Harbour Board", "Harbour Board"),
    ("Foreign secretary Anna Bell said it “holds well enough”.", "Foreign secretary", None),
    ("“It holds,” said NASA administrator Anna Bell.", "NASA administrator", "NASA"),
    ("“It holds,” said the port's director, Anna Bell.", "port's director", None),
    ("“It holds,” said her neighbour, Anna Bell.", None, None),
    ("“It holds,” said Ms Bell.", None, None),
    ("A spokesman for the Harbour Board said it “holds well enough”.", None, "Harbour Board"),
]


@pytest.mark.parametrize(("text", "role", "organisation"), ROLES)
def test_the_office_that_stands_beside_a_name(text: str, role: str | None, organisation: str | None) -> None:
    (quotation,) = found(text)
    assert (quotation.role, quotation.organisation) == (role, organisation)


OTHER_LANGUAGES = [
    ("de", "„Der Damm hält“, sagte Bürgermeisterin Anna Bell.", "Anna Bell"),
    ("de", "Anna Bell erklärte: „Der Damm hält.“", "Anna Bell"),
    ("de", "Laut Anna Bell ist der Damm „sehr gut gebaut worden“.", "Anna Bell"),
    ("de", "Ein Sprecher der Stadt sagte, der Damm sei „sehr gut gebaut worden“.", "ein Sprecher der Stadt"),
    ("fr", "« Le barrage tient », a déclaré Anna Bell.", "Anna Bell"),
    ("fr", "« Le barrage tient », explique la maire, Anna Bell.", "Anna Bell"),
    ("fr", "Selon Anna Bell, le barrage est « très bien construit ».", "Anna Bell"),
    ("ru", "«Плотина стоит», — сказала Анна Белл.", "Анна Белл"),
    ("ru", "«Плотина стоит», — сказала мэр города Анна Белл.", "Анна Белл"),
    ("ru", "Анна Белл заявила: «Плотина стоит».", "Анна Белл"),
]


@pytest.mark.parametrize(("language", "text", "speaker"), OTHER_LANGUAGES)
def test_the_common_verbs_of_german_french_and_russian(language: str, text: str, speaker: str) -> None:
    assert speakers(text, language) == [speaker]


NOT_STATED = [
    "Anna Bell came. “It holds,” she said.",
    "Anna Bell came. She said: “It holds.”",
    "Anna Bell met Tom Reed. “It holds,” she said.",
    "Ms Bell met Mr Reed. “It holds,” he said.",
    "Anna Bell came. She sat down. She waited. “It holds,” she said.",
    "This was confirmed by the minister, Anna Bell, after talks with President Tom Reed. “It holds,” she said.",
    "“It holds,” said Anna Bell. “It does.”",
    "Anna Bell was calm. “It holds.”",
    "Anna Bell was calm: “It holds.”",
    "“It holds,” said Anna Bell.\n\n“It does.”",
    "NASA issued a statement. It said it “strongly rebukes” the crew.",
    "NASA saw pictures released by Roscosmos. They said it was “a day of joy for all of us”.",
    "The divers came up. They said it was “a day of joy for all of us”.",
    "The Southern Space Agency met. “It holds,” the agency said.",
    "Judge Anna Bell came. “It holds,” the judge said.",
    "The Harbour Board met. In a letter it said the wall was “a heap of sand”.",
    "“It holds,” she said.",
    "The sky was grey. “It holds well enough for now.”",
    "“It holds,” I said.",
    "The Harbour Board met. “It holds,” she said.",
    "Mr Reed came. “It holds,” she said.",
    "The Southern Space Agency met. “It holds,” said the agency's head. Its letter said “it does”.",
    "Anna Bell came. “It holds,” the 43-year-old said.",
    "Anna Bell sent a letter. The letter said “it holds well enough”.",
    "“It holds,” said Anna Bell, a diver. “It does,” the diver said.",
]


@pytest.mark.parametrize("text", NOT_STATED)
def test_nobody_is_taken_for_a_pronoun_a_description_that_points_back_or_silence(text: str) -> None:
    quotation = found(text)[-1]
    assert (quotation.speaker, quotation.role, quotation.organisation) == (None, None, None)


def test_the_words_of_the_attribution_are_given_as_they_stand() -> None:
    told = [one.attribution for one in found("“It holds,” she later said. According to Ms Bell, it “does”. “Yes.”")]
    assert told == ["she later said", "According to Ms Bell", None]
