"""A verdict means what a reader takes it to mean: who said it, in what sense, where, and whether anybody can see it there."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
import weasyprint
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from briefing import CheckResult, check_all

CASES = Path(__file__).parent
NORA = "Nora Tamm"
OLAF = "Olaf Berg"
OTHER_SPEAKER = ("quote-speaker-doubtful", "error", "the source gives the words to")
MISLEADING = ("quote-misleading", "warning", "")
ALTERED = ("quote-altered", "error", "")


def case(number: int) -> CheckResult:
    (folder,) = CASES.glob(f"{number:02}-*")
    (result,) = check_all([folder])
    return result


def checked(
    folder: Path, source: str | bytes, *quotes: dict[str, str], suffix: str = ".txt", other: str = "", **keys: str
) -> CheckResult:
    """The outcome for a brief with these quotes from one saved source, and another source that is only there."""
    (folder / "sources").mkdir()
    (folder / "sources" / f"s{suffix}").write_bytes(source if isinstance(source, bytes) else source.encode())
    sources = [{"id": "src", "title": "Source", "published": "2026-03-01", "text": f"sources/s{suffix}", **keys}]
    if other:
        (folder / "sources" / "o.txt").write_text(other, encoding="utf-8")
        sources.append({"id": "other", "title": "Other", "published": "2026-03-01", "text": "sources/o.txt"})
    values: dict[str, Any] = {"title": "Levee brief", "date": "2026-03-14", "handling": {"marking": "OFFICIAL"}}
    values |= {"quotes": [{"source": "src", **quote} for quote in quotes], "sources": sources}
    (folder / "brief.json").write_text(json.dumps(values), encoding="utf-8")
    (result,) = check_all([folder])
    return result


def said(text: str, speaker: str = NORA, **keys: str) -> dict[str, str]:
    return {"text": text, "speaker": speaker, **keys}


def found(result: CheckResult) -> list[tuple[str, str, str]]:
    codes = ("quote-altered", "quote-not-found", "quote-misleading", "quote-speaker-doubtful", "place-not-in-source")
    problems = [one for one in result.problems if one.code in codes or str(one.severity) == "error"]
    return [(one.code, str(one.severity), one.message) for one in problems]


def tells(result: CheckResult, code: str, severity: str, message: str) -> bool:
    return any((code, severity) == one[:2] and message in one[2] for one in found(result))


def is_sound(result: CheckResult) -> bool:
    return not found(result) and all(one.is_verified for one in result.evidence)


@pytest.mark.parametrize("number", [1, 2, 4, 7, 58, 61])
def test_words_under_another_name_are_an_error(number: int) -> None:
    result = case(number)
    assert tells(result, *OTHER_SPEAKER), found(result)
    assert [one.data_path for one in result.problems if one.code == "quote-speaker-doubtful"] == ["quotes[0].speaker"]


@pytest.mark.parametrize("number", [8, 25, 27, 29, 60])
def test_what_is_layout_is_no_word(number: int) -> None:
    assert is_sound(case(number)), found(case(number))


@pytest.mark.parametrize(
    ("number", "code", "message"),
    [
        (9, "quote-misleading", "a quotation inside a quotation"),
        (10, "quote-misleading", "does not say that the words were said: ‘Councillor Nora Tamm never said’"),
        (12, "quote-misleading", "‘not’, cut off before it, governs it"),
        (14, "quote-misleading", "‘unless it rains’"),
        (14, "quote-misleading", "‘If the county agrees’"),
        (16, "quote-altered", "[-5-]"),
        (16, "quote-altered", "[-million-]"),
        (20, "quote-misleading", "the words stand in para 2, not in para 17"),
        (22, "quote-speaker-doubtful", "‘محمد حسن’ is not named"),
        (30, "quote-altered", "never"),
        (31, "quote-altered", "We [-[the board]-] will [-...-] pay."),
    ],
)
def test_what_a_reader_would_be_misled_by_is_told(number: int, code: str, message: str) -> None:
    assert any(code == one[0] and message in one[2] for one in found(case(number))), found(case(number))


def test_a_note_at_the_foot_of_a_page_is_not_in_the_sentence_that_crosses_it() -> None:
    (evidence,) = case(29).evidence
    assert (evidence.status, evidence.default_locator) == ("verbatim", "pp. 1–2")


DIALOGUE = f"{NORA}: We will pay.\n\n{OLAF}: We will close the bank.\n\nIt is old.\n"
SENATE = "Mr. BERG. Mr. President, I rise. We will close the bank.\n\nIt is old.\n\nMs. TAMM. I do not agree.\n"
ASKED = (
    "Nora Tamm spoke to The Post.\n\n**Q** Will you close the bank?\n\n**A** We will close the bank.\n\nIt is old.\n"
)
BOLD = f"**{NORA}:** We will pay.\n\n**{OLAF}** We will close the bank.\n\nIt is old.\n"
TERMS = (
    f"<dl><dt>{NORA}</dt><dd>We will pay.</dd><dt>{OLAF}</dt><dd>We will close the bank.</dd><dd>It is old.</dd></dl>"
)
HEADED = (
    f"<h2>{NORA}</h2><p>We will pay.</p><h2>{OLAF}</h2><p>Good day.</p><p>We will close the bank.</p><p>It is old.</p>"
)
NAMED_OVER = f"{NORA}\nWe will pay.\n\n{OLAF}\nWe will close the bank.\nIt is old.\n"
SIGNED = f"“We will pay.”\n— {NORA}\n\n“We will close the bank. It is old.”\n— {OLAF}\n"
CAPTION = "<figure><blockquote>{}</blockquote><figcaption>{}</figcaption></figure>"
CAPTIONS = CAPTION.format("We will pay.", NORA) + CAPTION.format("We will close the bank. It is old.", OLAF)
HEAD = "From: {} <x@x.example>\nTo: y@y.example\nSubject: Re: bank\n\n"
OLDER = f"{NORA} wrote:\n> We will pay.\n"
REPLY = HEAD.format(OLAF) + f"We will close the bank. It is old.\n\nOn 3 March 2026, {OLDER}"
BELOW = HEAD.format(OLAF) + f"Am 3. März schrieb {NORA}:\n> We will pay.\n\nWe will close the bank. It is old.\n"
FORWARDED = (
    HEAD.format(NORA)
    + "We will pay.\n\n-----Original Message-----\n"
    + HEAD.format("Berg, Olaf")
    + "We will close the bank. It is old.\n"
)
STAMPED = f"{NORA}  0:05\nWe will pay.\n\n{OLAF}  0:12\nWe will close the bank.\nIt is old.\n\n{NORA}  0:20\nNo.\n"
CUE = "00:0{}.000 --> 00:0{}.500\n<v {}>{}\n\n"
VOICES = "WEBVTT\n\n" + "".join(
    CUE.format(at, at, name, words)
    for at, (name, words) in enumerate(
        [(NORA, "We will pay."), (OLAF, "We will close"), (OLAF, "the bank. It is old.")]
    )
)
LABELLED = {
    "colon": (DIALOGUE, ".txt"),
    "lines": (f"Minutes\n{NORA}: We will pay.\n{OLAF}: We will close the bank. It is old.\n", ".txt"),
    "parties": (DIALOGUE.replace(OLAF, "Olaf Berg (Skerrow) (Con)"), ".txt"),
    "senate": (SENATE, ".txt"),
    "french": (f"Mme {NORA}. – We will pay.\n\nM. {OLAF}. – We will close the bank. It is old.\n", ".txt"),
    "bold": (BOLD, ".md"),
    "terms": (TERMS, ".html"),
    "headings": (HEADED, ".html"),
    "names over": (NAMED_OVER, ".txt"),
    "signed": (SIGNED, ".txt"),
    "captions": (CAPTIONS, ".html"),
    "reply": (REPLY, ".txt"),
    "reply below": (BELOW, ".txt"),
    "forwarded": (FORWARDED, ".txt"),
    "stamps": (STAMPED, ".txt"),
    "voices": (VOICES, ".vtt"),
}


@pytest.mark.parametrize("kind", LABELLED)
def test_a_label_binds_the_words_under_it_until_the_next(tmp_path: Path, kind: str) -> None:
    source, suffix = LABELLED[kind]
    right = tuple(said(text, OLAF) for text in ("We will close the bank.", "It is old."))
    for name, quotes, wrong in (
        ("right", (*right, said("We will pay.")) if "We will pay" in source else right, 0),
        ("wrong", tuple({**quote, "speaker": NORA} for quote in right), 2),
        ("unknown", tuple({**quote, "speaker": "Pia Holm"} for quote in right), 2),
    ):
        (folder := tmp_path / name).mkdir()
        doubts = [one for one in found(checked(folder, source, *quotes, suffix=suffix)) if "speaker" in one[0]]
        assert len(doubts) == wrong, (name, doubts)
        assert name != "wrong" or {one[1] for one in doubts} == {"error"}


def test_a_question_is_not_its_answer(tmp_path: Path) -> None:
    result = checked(tmp_path, ASKED, said("Will you close the bank?"), said("It is old."), suffix=".md")
    assert [one.data_path for one in result.problems if one.code == "quote-speaker-doubtful"] == ["quotes[0].speaker"]


NO_LABELS = [
    ("Nora Tamm writes.\n\nNext steps: We will pay.\n\nKey Risks: The bank may fail.\n", ".txt"),
    ("Present: Nora Tamm.\n\nDecision: We will pay.\n\nVote: All in favour.\n", ".txt"),
    ("Nora Tamm is chair.\n\nThe Chair: We will pay.\n\nOlaf Berg: Thank you.\n", ".txt"),
    ("<h2>Northern Lock</h2><p>Nora Tamm:</p><p>We will pay.</p><h2>Eastern Bank</h2><p>The bank is old.</p>", ".html"),
    ("Dear all,\n\nWe will pay.\n\nNora Tamm\nMayor\n", ".txt"),
    ("From: A Clerk <c@o.example>\nTo: d@o.example\nSubject: Bank\n\nNora Tamm said: “We will pay.”\n", ".txt"),
    ("Nora Tamm, who was not at the meeting, said: “We will pay.”", ".txt"),
    ("Nora Tamm denied the report and said: “We will pay.”", ".txt"),
    ("Nora Tamm said: “I told them, ‘We will pay.’ They left.”", ".txt"),
]


@pytest.mark.parametrize(("source", "suffix"), NO_LABELS)
def test_what_only_looks_like_a_label_or_a_denial_raises_nothing(tmp_path: Path, source: str, suffix: str) -> None:
    result = checked(tmp_path, source, said("We will pay."), suffix=suffix)
    assert is_sound(result), found(result)


@pytest.mark.parametrize(
    ("source", "speaker", "doubted"),
    [
        ("Carl Smeets: We will pay.\n\nClara Smeets: I will.", "Clara Smeets", True),
        ("Otto Smeets stood in the hall. “We will pay.” It rained.", "Clara Smeets", True),
        ("C. Smeets: We will pay.\n\nO. Berg: I will.", "Clara Smeets", False),
        ("SMEETS: We will pay.\n\nBERG: I will.", "Clara Smeets", False),
        ("Bill Smeets: We will pay.\n\nOlaf Berg: I will.", "William Smeets", False),
        ("أحمد العلي: We will pay.\n\nمحمد حسن: No.", "محمد حسن", True),
        ("أحمد العلي: We will pay.\n\nمحمد حسن: No.", "أحمد العلي", False),
        ("وقال محمد حسن في بيان: «We will pay.»", "محمد حسن", False),
        ('אמר יוסי כהן: "We will pay."', "דוד לוי", True),
        ("张伟说：“We will pay.”", "王芳", True),
        ("张伟说：“We will pay.”", "张伟", False),
        ("山田太郎：We will pay.\n\n佐藤花子：No.\n", "佐藤花子", True),
        ("山田太郎：We will pay.\n\n佐藤花子：No.\n", "山田太郎", False),
    ],
)
def test_first_names_are_compared_and_every_script_counts(
    tmp_path: Path, source: str, speaker: str, doubted: bool
) -> None:
    # The fonts have no letters for some of these scripts, which is a fault of its own.
    codes = {one[0] for one in found(checked(tmp_path, source, said("We will pay.", speaker)))} - {"missing-glyph"}
    assert codes == ({"quote-speaker-doubtful"} if doubted else set())


def test_an_omission_does_not_run_over_somebody_else(tmp_path: Path) -> None:
    turns = f"{NORA}: We will pay for all of it.\n\n{OLAF}: Who says so?\n\n{NORA}: We will open the lock in May.\n"
    joined = said("We will pay for all of it. […] We will open the lock in May.")
    for name, source, told in (
        ("turns", turns, True),
        ("own", turns.replace(f"{OLAF}: Who says so?", "I say so."), False),
    ):
        (tmp_path / name).mkdir()
        result = checked(tmp_path / name, source, joined)
        assert tells(result, "quote-speaker-doubtful", "error", "between its pieces") is told, found(result)


@pytest.mark.parametrize(
    "lead",
    [
        "denied saying",
        "denied that she had said",
        "has never said",
        "did not say",
        "refused to say",
        "hat nie gesagt:",
        "n’a jamais dit :",
    ],
)
def test_words_that_were_not_said_are_told(tmp_path: Path, lead: str) -> None:
    result = checked(tmp_path, f"{NORA} {lead} “We will pay.”", said("We will pay."))
    assert tells(result, "quote-misleading", "warning", "does not say that the words were said"), found(result)


GOVERNED = [
    ("I do not think the sluice is safe.", "the sluice is safe."),
    ("Few believe that the sluice is safe.", "the sluice is safe."),
    ("It is far from certain that the sluice is safe.", "the sluice is safe."),
    ("We fail to see that the sluice is safe.", "the sluice is safe."),
    ("The sluice is barely safe for the farms.", "safe for the farms."),
    ("Hardly anyone thinks the sluice is safe.", "the sluice is safe."),
    ("It is not true, as some say, that the sluice is safe.", "the sluice is safe."),
    ("Ich glaube nicht, dass die Schleuse sicher ist.", "die Schleuse sicher ist."),
    ("Kaum jemand glaubt, dass die Schleuse sicher ist.", "die Schleuse sicher ist."),
    ("Je ne crois pas que l’écluse soit sûre.", "l’écluse soit sûre."),
    ("We will open the sluice, provided that the county pays.", "We will open the sluice"),
    ("We will open the sluice only if the county pays.", "We will open the sluice"),
    ("Unless it rains, we will open the sluice.", "we will open the sluice."),
    ("Wir öffnen die Schleuse, sofern der Kreis zahlt.", "Wir öffnen die Schleuse"),
    ("Wenn der Kreis zahlt, öffnen wir die Schleuse.", "öffnen wir die Schleuse."),
    ("Nous ouvrirons l’écluse si le comté paie.", "Nous ouvrirons l’écluse"),
    ("We will open the sluice, unless it rains, in April.", "We will open the sluice […] in April."),
    ("It costs 5 million crowns a year.", "It costs 5 […] crowns a year."),
    ("It fell by minus 5 degrees that day.", "It fell by […] 5 degrees that day."),
    ("It costs five million crowns.", "It costs five"),
]
UNGOVERNED = [
    ("I have no doubt that the sluice is safe.", "the sluice is safe."),
    ("We are not rich, but we will pay for it.", "we will pay for it."),
    ("No, we will pay for it.", "we will pay for it."),
    ("Not only will we pay, we will open it.", "we will open it."),
    ("A few of us think that the sluice is safe.", "the sluice is safe."),
    ("We will open the sluice even if it rains.", "We will open the sluice"),
    ("We will pay in May and close the bank if it rains.", "We will pay in May"),
    ("I do not deny that the sluice is old.", "the sluice is old."),
    ("We who do not live here say the sluice is safe.", "the sluice is safe."),
    ("We do not know the cost. We will pay for it.", "We will pay for it."),
    ("Nicht nur wir, auch der Kreis zahlt dafür.", "auch der Kreis zahlt dafür."),
]


@pytest.mark.parametrize(("source", "quote"), GOVERNED)
def test_what_governs_the_words_and_was_cut_off_is_told(tmp_path: Path, source: str, quote: str) -> None:
    result = checked(tmp_path, f"Councillor {NORA} said: “{source}”", said(quote))
    assert tells(result, *MISLEADING), found(result)


@pytest.mark.parametrize(("source", "quote"), UNGOVERNED)
def test_what_does_not_govern_the_words_may_be_left_out(tmp_path: Path, source: str, quote: str) -> None:
    result = checked(tmp_path, f"Councillor {NORA} said: “{source}”", said(quote))
    assert is_sound(result), found(result)


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("It costs five million crowns.", "It costs [nine] million crowns."),
        ("It costs 5 crowns a year.", "It costs 5 [million] crowns a year."),
        ("It costs 5 million crowns.", "[9] million crowns."),
        ("It fell by 3 per cent.", "It fell by 3[0] per cent."),
        ("We have six farms.", "We have six[ty] farms."),
        ("We may close the bank.", "We [will] close the bank."),
        ("We want to close the bank.", "We [refuse] to close the bank."),
        ("They close the bank.", "They [open] the bank."),
        ("We barely pay for it.", "We [do] pay for it."),
    ],
)
def test_a_bracket_that_swaps_a_number_or_a_verb_alters_the_quote(tmp_path: Path, source: str, quote: str) -> None:
    result = checked(tmp_path, f"Councillor {NORA} said: “{source}”", said(quote))
    assert tells(result, *ALTERED), found(result)


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("They told him in May.", "They told [the minister] in May."),
        ("On 3 March we will pay.", "On 3 March [2026] we will pay."),
        ("He goes to Halden in May.", "He [went] to Halden in May."),
        ("We have paid this year.", "We have paid [in 2026]."),
        ("It will rise by 5 km.", "It will rise by 5 [kilometres]."),
        ("The two of them will pay.", "[Berg and Holm] will pay."),
        ("They want to pay now.", "They want[ed] to pay now."),
    ],
)
def test_a_bracket_that_explains_is_sound(tmp_path: Path, source: str, quote: str) -> None:
    result = checked(tmp_path, f"Councillor {NORA} said: “{source}”", said(quote))
    assert is_sound(result), found(result)


NUMBERED = (
    "Facts\n\n" + "".join(f"{number}. The bank was looked at.\n\n" for number in (7, 8)) + f"9. {NORA}: We will pay.\n"
)


@pytest.mark.parametrize(
    ("source", "locator", "message"),
    [
        (NUMBERED, "para 9", ""),
        (NUMBERED, "para 8", "not in para 8"),
        (f"The board meets\n\n{NORA}: We will pay.\n", "para 1", ""),
        (f"The board meets\n\n{NORA}: We will pay.\n", "paras 5–7", "the source has 2 paragraphs"),
        (f"{NORA}: We will pay.\n", "p. 3", ""),
    ],
)
def test_a_typed_locator_is_held_against_the_place(tmp_path: Path, source: str, locator: str, message: str) -> None:
    result = checked(tmp_path, source, said("We will pay.", locator=locator))
    assert is_sound(result) if not message else tells(result, "quote-misleading", "warning", message), found(result)


def test_a_citation_of_a_paragraph_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert is_sound(checked(tmp_path, f"{NORA}: We will pay.\n", said("We will pay.")))
    data = json.loads((tmp_path / "brief.json").read_text(encoding="utf-8"))
    (tmp_path / "brief.json").write_text(json.dumps({**data, "summary": "So [@src, para 1], and so [@src, para 99]."}))
    (result,) = check_all([tmp_path])
    (problem,) = [one for one in result.problems if one.code == "place-not-in-source"]
    assert (problem.data_path, "'para 99' of 'src'" in problem.message) == ("summary", True)


def test_a_quote_that_stands_in_another_saved_text_says_so(tmp_path: Path) -> None:
    other = f"{NORA} said: “We will pay for the sluice.”"
    result = checked(tmp_path, f"Nothing of it, said {NORA}.", said("We will pay for the sluice."), other=other)
    assert tells(result, "quote-not-found", "error", "the words stand in the saved text of 'other'"), found(result)
    assert result.evidence[0].as_json()["elsewhere"] == "other"


def test_a_translation_without_the_original_is_neither_right_nor_wrong() -> None:
    result = case(24)
    assert (found(result), [str(one.status) for one in result.evidence]) == ([], ["translated, not checked"])


def test_the_original_of_a_translation_is_what_is_checked(tmp_path: Path) -> None:
    source = f"La conseillère {NORA} a déclaré : « Nous ouvrirons l’écluse en avril. »"
    right = said("We will open the lock.", original="Nous ouvrirons l’écluse en avril.", translated_by="the authors")
    wrong = {**right, "original": "Nous fermerons l’écluse en avril."}
    result = checked(tmp_path, source, right, wrong)
    assert [str(one.status) for one in result.evidence] == ["verbatim", "altered"]


def mail(body: bytes, encoding: str, kind: str = "text/plain", charset: str = "utf-8") -> bytes:
    head = f"From: {NORA} <t@t.example>\r\nTo: d@o.example\r\nMIME-Version: 1.0\r\nContent-Type: {kind}; charset={charset}\r\n"
    return f"{head}Content-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


ARCHIVE = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>Nora Tamm: We =\r\nwill pay.</p></body></html>\r\n--B--\r\n"
)
CUES = f"1\n00:00:01,000 --> 00:00:02,000\n{NORA.upper()}: We will\n\n2\n00:00:02,000 --> 00:00:03,000\n<i>pay.</i>\n"


@pytest.mark.parametrize(
    ("source", "suffix"),
    [
        (mail(base64.encodebytes(b"We will pay."), "base64"), ".eml"),
        (mail(b"<p>We =\r\nwill <b>pay</b>.</p>", "quoted-printable", "text/html"), ".eml"),
        (mail(b"We =\r\nwill pay.=A0", "quoted-printable", charset="iso-8859-1"), ".txt"),
        (ARCHIVE, ".mhtml"),
        (CUES, ".srt"),
        (CUES, ".txt"),
        (f"{NORA}: We will\n[Page 12]\npay.\n", ".txt"),
        (f"[00:01:05] {NORA}: We will [00:01:08] pay.\n", ".txt"),
        (f"<p>{NORA}: We will <s>not</s> pay.</p>", ".html"),
        (f"<p>{NORA}: We will <span style='display: none'>not</span> pay.</p>", ".html"),
        (f"{NORA}: We will ~~not~~ pay.", ".md"),
    ],
)
def test_every_reader_gives_the_words_and_no_layout(tmp_path: Path, source: str | bytes, suffix: str) -> None:
    result = checked(tmp_path, source, said("We will pay."), suffix=suffix)
    assert is_sound(result), found(result)


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        (
            f"{NORA}: We will meet at 12:30 and\nthen at 14:15\non the bank.\n",
            "We will meet at 12:30 and then at 14:15 on the bank.",
        ),
        (f"{NORA}: We found levels\n> 5 mg in the river.\n", "We found levels > 5 mg in the river."),
    ],
)
def test_times_and_signs_of_the_words_stay(tmp_path: Path, source: str, quote: str) -> None:
    assert is_sound(checked(tmp_path, source, said(quote)))


def struck(document: Document) -> None:
    paragraph = document.add_paragraph(f"{NORA}: We will ")
    paragraph.add_run("not ").font.strike = True
    paragraph.add_run("pay.")


def symbol(document: Document) -> None:
    paragraph = document.add_paragraph(f"{NORA}: We will pay ")
    sign = OxmlElement("w:sym")
    sign.set(qn("w:font"), "Symbol")
    sign.set(qn("w:char"), "F0B3")
    paragraph.add_run()._r.append(sign)
    paragraph.add_run(" 5 crowns.")


@pytest.mark.parametrize(
    ("build", "right", "wrong"),
    [
        (struck, "We will pay.", "We will not pay."),
        (symbol, "We will pay ≥ 5 crowns.", "We will pay 5 crowns."),
    ],
)
def test_struck_words_are_none_and_symbols_are_characters(
    tmp_path: Path, build: Callable[[Document], None], right: str, wrong: str
) -> None:
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    result = checked(tmp_path, stream.getvalue(), said(right), said(wrong), suffix=".docx")
    assert [str(one.status) for one in result.evidence] == ["verbatim", "altered"]


@pytest.mark.parametrize(
    ("style", "seen"),
    [
        ("color: white", False),
        ("color: #fdfdfd", False),
        ("position: absolute; left: -500mm", False),
        ("color: white; background: #123", True),
        ("color: #999", True),
        ("font-size: 6pt", True),
    ],
)
def test_words_that_nobody_can_see_on_a_page_do_not_verify(tmp_path: Path, style: str, seen: bool) -> None:
    page = f"<p>Councillor {NORA} spoke.</p><p style='{style}'>Tamm said: “We will never open it at all.”</p>"
    result = checked(
        tmp_path, weasyprint.HTML(string=page).write_pdf(), said("We will never open it at all."), suffix=".pdf"
    )
    assert is_sound(result) is seen, found(result)
