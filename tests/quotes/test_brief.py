"""The quotes of whole briefs held against their sources: the examples that ship, and briefs written here."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from briefing.quotes.checking import saved_texts_below, verify_quotes
from briefing.quotes.verdict import QuoteEvidence
from briefing.schema import Brief
from briefing.schema.references import identified
from briefing.schema.validate import validate
from briefing.source import read
from tests.running import EXAMPLE_BRIEFS, EXAMPLES

LETTER = "Harbour Office, 3 May\n\nDear Board,\n\nThe pier was “safe in 2019”, but it is not safe now.\n\nIt must be closed for 6 weeks.\n\nAda Quill"


def evidence_of(folder: Path, data_file: str = "brief.yaml") -> tuple[QuoteEvidence, ...]:
    brief = identified(validate(read(folder / data_file).values))
    return verify_quotes(brief, saved_texts_below(folder))


@pytest.mark.parametrize("folder", [EXAMPLES / name for name in EXAMPLE_BRIEFS], ids=lambda path: path.name)
def test_every_quote_of_the_examples_is_verified_without_a_doubt(folder: Path) -> None:
    found = evidence_of(folder)
    assert found
    assert [
        (one.quote_id, one.status, one.warnings, one.fault) for one in found if not one.is_verified or one.warnings
    ] == []
    for one in found:
        saved = saved_texts_below(folder)(
            next(
                source for source in validate(read(folder / "brief.yaml").values).sources if source.id == one.source_id
            )
        )
        assert one.location is not None
        assert saved.text[one.location.start : one.location.end] == one.passage


def test_the_locators_of_the_space_station_brief_are_where_the_words_were_found() -> None:
    brief = validate(read(EXAMPLES / "iss-withdrawal" / "brief.yaml").values)
    found = evidence_of(EXAMPLES / "iss-withdrawal")
    assert [one.default_locator for one in found] == [quote.locator for quote in brief.quotes]


def brief_of(tmp_path: Path, quotes: list[dict[str, str]], **source: str) -> Brief:
    (tmp_path / "sources").mkdir(exist_ok=True)
    (tmp_path / "sources" / "letter.txt").write_text(LETTER, encoding="utf-8")
    letter = {"id": "letter", "title": "On the pier", "author": "Ada Quill", "text": "sources/letter.txt", **source}
    heard = {"id": "heard", "title": "A talk on the quay", "kind": "hearsay", "via": "letter"}
    bare = {"id": "bare", "title": "A book without a copy"}
    data = {
        "title": "The pier",
        "date": "2026-05-04",
        "quotes": [{"speaker": "Ada Quill", "source": "letter", **quote} for quote in quotes],
        "sources": [letter, heard, bare],
    }
    return validate(data)


def verified(tmp_path: Path, text: str, *, letter: dict[str, str] | None = None, **quote: str) -> QuoteEvidence:
    brief = brief_of(tmp_path, [{"text": text, **quote}], **(letter or {}))
    (one,) = verify_quotes(brief, saved_texts_below(tmp_path))
    return one


def test_a_verbatim_quote_has_its_passage_place_and_fingerprint(tmp_path: Path) -> None:
    one = verified(tmp_path, "it is not safe now", id="pier")
    assert (one.quote_id, one.status, one.comparison) == ("pier", "verbatim", "verbatim")
    assert one.passage == "it is not safe now"
    assert one.location is not None and LETTER[one.location.start : one.location.end] == one.passage
    assert one.default_locator == "para 3"
    assert one.source_sha256 == hashlib.sha256(LETTER.encode()).hexdigest()
    assert (one.source_id, one.as_reported_by, one.nearest, one.diff, one.fault) == ("letter", None, None, None, None)


def test_an_altered_quote_has_the_nearest_passage_and_what_differs(tmp_path: Path) -> None:
    one = verified(tmp_path, "it is safe now. It must be closed for 8 weeks.")
    assert (one.status, one.passage, one.default_locator) == ("altered", None, None)
    assert one.nearest == "it is not safe now.\n\nIt must be closed for 6 weeks."
    assert one.diff == "it is [-not-] safe now. It must be closed for [-6-]{+8+} weeks."
    assert one.location is not None and (one.location.paragraph, one.location.last_paragraph) == (3, 4)
    assert not one.is_verified


def test_a_quote_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    one = verified(tmp_path, "Every ship shall sail at noon whatever the weather.")
    assert (one.status, one.location, one.nearest) == ("not found", None, None)


def test_a_changed_source_is_told_with_what_its_text_says_now(tmp_path: Path) -> None:
    one = verified(tmp_path, "it is not safe now", letter={"sha256": "0" * 64})
    assert (one.status, one.comparison, one.is_verified, one.default_locator) == (
        "source changed",
        "verbatim",
        False,
        None,
    )
    lost = verified(tmp_path, "it is quite safe now", letter={"sha256": "0" * 64})
    assert (lost.status, lost.comparison) == ("source changed", "altered")
    same = verified(tmp_path, "it is not safe now", letter={"sha256": hashlib.sha256(LETTER.encode()).hexdigest()})
    assert same.status == "verbatim"


def test_a_source_without_a_saved_text_verifies_nothing(tmp_path: Path) -> None:
    assert verified(tmp_path, "it is not safe now", letter={"id": "other"}).status == "no saved text"
    one = verified(tmp_path, "it is not safe now", source="bare")
    assert (one.status, one.source_id, one.fault) == ("no saved text", None, None)


def test_a_quote_without_a_source_verifies_nothing(tmp_path: Path) -> None:
    brief = validate({"title": "The pier", "date": "2026", "quotes": [{"text": "No.", "speaker": "Ada Quill"}]})
    (one,) = verify_quotes(brief, saved_texts_below(tmp_path))
    assert (one.quote_id, one.status) == ("quotes[0]", "no saved text")


def test_words_at_second_hand_are_looked_for_where_they_are_reported(tmp_path: Path) -> None:
    one = verified(tmp_path, "safe in 2019", source="heard")
    assert (one.status, one.source_id, one.as_reported_by) == ("verbatim", "letter", "Ada Quill")
    published = verified(tmp_path, "safe in 2019", letter={"publisher": "Harbour Office"}, source="heard")
    assert published.as_reported_by == "Harbour Office"


def test_a_saved_text_that_cannot_be_read_is_a_fault_of_the_evidence(tmp_path: Path) -> None:
    one = verified(tmp_path, "it is not safe now", letter={"text": "sources/gone.txt"})
    assert (one.status, one.source_id, one.source_sha256) == ("no saved text", "letter", None)
    assert one.fault == "there is no file 'sources/gone.txt' in the brief's folder; check the spelling"


def test_emphasis_must_be_owned(tmp_path: Path) -> None:
    doubted = verified(tmp_path, "it is *not* safe now")
    assert (doubted.status, [str(warning.doubt) for warning in doubted.warnings]) == (
        "verbatim",
        ["emphasis-not-noted"],
    )
    owned = verified(tmp_path, "it is *not* safe now. [emphasis added]")
    assert (owned.status, owned.warnings) == ("verbatim with marked changes", ())


def test_a_letter_is_its_writers_own_words_and_another_speaker_is_not(tmp_path: Path) -> None:
    assert verified(tmp_path, "It must be closed for 6 weeks.").warnings == ()
    (warning,) = verified(tmp_path, "It must be closed for 6 weeks.", speaker="Bo Lind").warnings
    assert (str(warning.doubt), warning.passage) == ("speaker-not-named", "It must be closed for 6 weeks.")


def test_of_several_places_the_one_by_the_speaker_is_taken(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, [{"text": "not now", "speaker": "Bo Lind"}], author="The Clerk")
    report = "“It is not now that we decide,” said Ada Quill.\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\n“Later, not now,” said Bo Lind.\n"
    (tmp_path / "sources" / "letter.txt").write_text(report, encoding="utf-8")
    (one,) = verify_quotes(brief, saved_texts_below(tmp_path))
    assert (one.default_locator, one.warnings) == ("para 6", ())


def test_evidence_is_plain_json(tmp_path: Path) -> None:
    for text in ("it is […] safe now", "it is safe now", "Every ship shall sail at noon."):
        one = verified(tmp_path, text)
        plain = json.loads(json.dumps(one.as_json()))
        assert plain["status"] == str(one.status)
        assert plain["changes"] == [{"mark": change.mark, "source": change.source} for change in one.changes]
        assert {
            "quote",
            "comparison",
            "source",
            "source_sha256",
            "passage",
            "nearest",
            "diff",
            "location",
            "locator",
        } <= set(plain)
        assert {"warnings", "as_reported_by", "fault"} <= set(plain)


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(LETTER, encoding="utf-8")
    inner = tmp_path / "brief"
    inner.mkdir()
    brief = brief_of(inner, [{"text": "it is not safe now"}])
    (inner / "sources" / "letter.txt").unlink()
    (inner / "sources" / "letter.txt").symlink_to(tmp_path / "secret.txt")
    (one,) = verify_quotes(brief, saved_texts_below(inner))
    assert (one.status, one.fault) == (
        "no saved text",
        "'sources/letter.txt' leads out of the brief's folder; copy the file into the folder",
    )
