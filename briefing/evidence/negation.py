"""Words that turn a statement round: leaving one out of a quote, or cutting it off, is worth a look."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_BY_LANGUAGE: Final = {
    "en": "not no never none nobody nothing nowhere neither nor cannot without hardly",
    "de": "nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne weder",
    "fr": "ne pas jamais aucun aucune rien sans",
    "ru": "не нет ни никогда никто ничего без нельзя",
    "el": "δεν μην όχι ποτέ χωρίς ούτε",
    "bg": "няма никой нищо никога",
    "es": "nunca nadie nada",
    "it": "non mai senza",
    "pl": "nie nigdy nikt nic bez",
}
_NEGATIONS: Final = frozenset(word for words in _BY_LANGUAGE.values() for word in words.split())


def negations_in(forms: Iterable[str]) -> tuple[str, ...]:
    """The forms that negate, in order: English, German, French, Russian and the commonest of some others."""
    return tuple(form for form in forms if negates(form))


@lru_cache(maxsize=1 << 15)
def negates(form: str) -> bool:
    """Whether a form negates."""
    folded = form.casefold()
    return folded in _NEGATIONS or folded.endswith("n't") or folded.startswith("n'")
