"""The word lists: complete, described, and able to tell the languages apart."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from briefing.quotes.finding import words as word_lists
from briefing.quotes.finding.words import LANGUAGES, UNDETERMINED, guess_language, words_for

FILE = Path(word_lists.__file__).parent / "words.toml"
TABLES: dict[str, dict[str, list[str]]] = tomllib.loads(FILE.read_text(encoding="utf-8"))


def test_every_list_is_described_at_the_head_of_the_file() -> None:
    head = FILE.read_text(encoding="utf-8").split("[en]")[0]
    described = {name for line in re.findall(r"^# ([a-z_, ]+?)  ", head, re.MULTILINE) for name in line.split(", ")}
    assert set(TABLES["en"]) == described


def test_every_list_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in FILE.parent.glob("*.py"))
    assert [name for name in TABLES["en"] if f'"{name}"' not in code] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_known_lists_without_repeats(language: str) -> None:
    assert set(TABLES[language]) <= set(TABLES["en"])
    assert [name for name, entries in TABLES[language].items() if len(set(entries)) != len(entries)] == []


@pytest.mark.parametrize(
    "form", ["deny", "denies", "denied", "denying", "stress", "stresses", "stated", "wrote", "went on", "called"]
)
def test_verbs_are_known_in_all_their_forms(form: str) -> None:
    assert words_for("en-GB").has("speaking", form)


TEXTS = {
    "en": "The council said that it was not for sale and that the wall is with us to stay.",
    "de": "Der Rat sagte, dass die Mauer nicht verkauft wird und mit den Leuten für immer da ist.",
    "fr": "Le conseil a dit que la muraille ne se vend pas et que les gens du village sont pour elle.",
    "ru": "Совет заявил, что стена не продаётся и что это не на время, а для всех, как и в прошлом.",
    UNDETERMINED: "Rada powiedziała, że mur nie jest sprzedawany, bo ludzie chcą tutaj mieszkać zawsze razem.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_a_text_is_told(language: str) -> None:
    assert guess_language(TEXTS[language]) == language
