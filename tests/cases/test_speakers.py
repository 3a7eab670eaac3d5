"""Who speaks in chats, in records of parliaments and committees, in answers within an e-mail, and in languages that decline names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.test_evidence import NORA, OLAF, OTHER_SPEAKER, checked, is_sound, said, tells

CHATS = [
    "[10:01, 3/2/2026] Nora Tamm: We will close it\n[10:03, 3/2/2026] Olaf Berg: I do not agree\n"
    "[10:04, 3/2/2026] Nora Tamm: Then write to us\n",
    "3/2/26, 10:01 - Nora Tamm: We will close it\n3/2/26, 10:03 - Olaf Berg: I do not agree\n"
    "3/2/26, 10:04 - Nora Tamm: Then write to us\n",
    "[02.03.26, 10:01:22] Nora Tamm: We will close it\n[02.03.26, 10:03:22] Olaf Berg: I do not agree\n"
    "[02.03.26, 10:04:22] ~ Nora Tamm: Then write to us\n",
    "[10:01 AM] Nora Tamm\nWe will close it\n\n[10:03 AM] Olaf Berg\nI do not agree\n\n[10:04 AM] Nora Tamm\nThen write to us\n",
    "Nora Tamm  10:01 AM\nWe will close it\n\nOlaf Berg  10:03 AM\nI do not agree\n\nNora Tamm  10:04 AM\nThen write to us\n",
    "0:0:5.120 --> 0:0:9.410\nNora Tamm\nWe will close it\n\n0:0:11.0 --> 0:0:13.0\nOlaf Berg\nI do not agree\n\n"
    "0:0:14.0 --> 0:0:15.0\nNora Tamm\nThen write to us\n",
    "**Nora Tamm:** We will close it\n\n**Olaf Berg:** I do not agree\n\n**Nora Tamm:** Then write to us\n",
    "Q1 Nora Tamm: We will close it\n\nOlaf Berg: I do not agree\n\nQ2 Nora Tamm: Then write to us\n",
]
BUNDESTAG = """Nora Tamm (SPD):
Herr Präsident! Wir schließen den Deich. Das ist beschlossen.

(Beifall bei der SPD – Dr. Olaf Berg [CDU/CSU]: Mit welchem Geld denn? – Zuruf von der FDP: Unsinn!)

Der Kreis wird zahlen.

Dr. Olaf Berg (CDU/CSU):
Wir lehnen den Antrag ab.
"""
ANSWERS = """From: Olaf Berg
Subject: Re: Bank

On Mon, Mar 2, 2026 at 10:01 AM Nora Tamm <nora@example.org>
wrote:

> Who will pay for the bank?

The county pays for it.

> And when will it close?

In May, I am told.
"""


@pytest.mark.parametrize("chat", CHATS)
def test_each_message_of_a_chat_is_that_of_its_sender(chat: str, tmp_path: Path) -> None:
    (tmp_path / "right").mkdir()
    (tmp_path / "wrong").mkdir()
    right = checked(tmp_path / "right", chat, said("Then write to us"), said("I do not agree", OLAF))
    assert is_sound(right)
    assert tells(checked(tmp_path / "wrong", chat, said("I do not agree")), *OTHER_SPEAKER)


@pytest.mark.parametrize(
    ("text", "speaker", "sound"),
    [
        ("Mit welchem Geld denn?", OLAF, True),
        ("Mit welchem Geld denn?", NORA, False),
        ("Der Kreis wird zahlen.", NORA, True),
        ("Der Kreis wird zahlen.", OLAF, False),
        ("Das ist beschlossen. […] Der Kreis wird zahlen.", NORA, True),
        ("Das ist beschlossen. […] Mit welchem Geld denn?", NORA, False),
    ],
)
def test_what_is_called_in_is_not_the_speakers(text: str, speaker: str, sound: bool, tmp_path: Path) -> None:
    assert is_sound(checked(tmp_path, BUNDESTAG, said(text, speaker))) is sound


@pytest.mark.parametrize(
    ("text", "speaker", "sound"),
    [
        ("The county pays for it.", OLAF, True),
        ("The county pays for it.", NORA, False),
        ("And when will it close?", NORA, True),
        ("And when will it close?", OLAF, False),
    ],
)
def test_answers_may_stand_between_the_lines_of_an_email(text: str, speaker: str, sound: bool, tmp_path: Path) -> None:
    assert is_sound(checked(tmp_path, ANSWERS, said(text, speaker))) is sound


@pytest.mark.parametrize(
    ("source", "text", "speaker"),
    [
        ("По словам Норы Тамм, «денег нет».", "денег нет", "Нора Тамм"),
        (
            "Как считает Владимир Зеленский, дело ясно. По словам Зеленского, «денег нет».",
            "денег нет",
            "Владимир Зеленский",
        ),
        ("«Денег нет», — передает слова Сергея Иванова агентство.", "Денег нет", "Сергей Иванов"),
        (
            "«Δεν υπάρχουν χρήματα», σύμφωνα με τον Κυριάκο Μητσοτάκη.",
            "Δεν υπάρχουν χρήματα",
            "Κυριάκος Μητσοτάκης",
        ),
        ("Nora Tamm habló ayer. «La provincia paga», dijo en Madrid.", "La provincia paga", NORA),
        ("«La provincia paga», declaró al Diario de Sevilla la alcaldesa, Nora Tamm.", "La provincia paga", NORA),
        ("Nora Tamm habló ayer. «La provincia paga», dijo a El País.", "La provincia paga", NORA),
        ("Nora Tamm sprak gisteren. „De provincie betaalt”, zei ze tegen De Telegraaf.", "De provincie betaalt", NORA),
        ("«Ο νομός πληρώνει», δήλωσε η Νόρα Ταμ. «Είναι αργά», απάντησε ο Όλαφ Μπεργκ.", "Είναι αργά", "Όλαφ Μπεργκ"),
        ("«La provincia paga», dijo el Dr. Olaf Berg.", "La provincia paga", OLAF),
    ],
)
def test_a_name_is_known_in_its_cases_and_a_place_is_none(source: str, text: str, speaker: str, tmp_path: Path) -> None:
    assert is_sound(checked(tmp_path, source, said(text, speaker)))


@pytest.mark.parametrize(
    ("source", "text", "speaker"),
    [
        ("Η Νόρα Ταμ μίλησε. «Ο νομός πληρώνει», δήλωσε ο Όλαφ Μπεργκ.", "Ο νομός πληρώνει", "Νόρα Ταμ"),
        ("„To za późno” – odpowiedział Olaf Berg. Nora Tamm milczała.", "To za późno", NORA),
        ("„To je pozdě,“ odpověděl Olaf Berg. Nora Tamm mlčela.", "To je pozdě", NORA),
        ("«Це запізно», — відповів Олаф Берг. Нора Тамм мовчала.", "Це запізно", "Нора Тамм"),
        ("Как отметил Берг, «денег нет». Нора Тамм молчала.", "денег нет", "Нора Тамм"),
        ("„Este prea târziu”, a spus Olaf Berg. Nora Tamm a tăcut.", "Este prea târziu", NORA),
        ("„Túl késő” – mondta Olaf Berg. Nora Tamm hallgatott.", "Túl késő", NORA),
    ],
)
def test_another_speaker_beside_the_words_is_told(source: str, text: str, speaker: str, tmp_path: Path) -> None:
    assert tells(checked(tmp_path, source, said(text, speaker)), *OTHER_SPEAKER)


def test_another_name_in_hebrew_is_a_doubt(tmp_path: Path) -> None:
    source = 'אולף ברג השיב: "זה מאוחר מדי". נורה תם שתקה.'
    assert not is_sound(checked(tmp_path, source, said("זה מאוחר מדי", "נורה תם")))


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("Kim Jong-un", "Kim Jong Un"),
        ("Anna Müller-Schmidt", "Anna Müller"),
        ("Ms Schmidt", "Anna Müller-Schmidt"),
        ("Anna Mueller", "Anna Müller"),
        ("Jörg Groß", "Joerg Gross"),
        ("O'Neill", "Michelle O’Neill"),
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
    ],
)
def test_a_name_may_be_spelled_otherwise(name: str, speaker: str, tmp_path: Path) -> None:
    assert is_sound(checked(tmp_path, f"“We will pay,” said {name}.\n\nIt rained.", said("We will pay", speaker)))


@pytest.mark.parametrize(
    ("name", "speaker"),
    [("Clara Berg", "Olaf Berg"), ("MacDonald", "Mary McDonald"), ("Smith", "Otto Smyth"), ("Anna Maier", "Anna Mohr")],
)
def test_another_name_stays_another(name: str, speaker: str, tmp_path: Path) -> None:
    source = f"“We will pay,” said {name}.\n\nIt rained."
    assert tells(checked(tmp_path, source, said("We will pay", speaker)), *OTHER_SPEAKER)
