"""The boxes under a recommendation are check boxes of Word's, not ticked, and are missed where they are taken away or ticked."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from briefing.formats.docx.read_back import verify_docx
from tests.docx.opened import written
from tests.docx.redline.pairs import BRIEF, document

ITEM = {"id": "go", "verb": "agree", "text": "to go."}
DOCUMENT = document({key: BRIEF[key] for key in ("title", "date", "summary", "sources")} | {"recommendations": [ITEM]})


def edited(old: str, new: str) -> bytes:
    """The file with `new` for `old` in its body."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written(DOCUMENT).data)) as source, zipfile.ZipFile(made, "w") as target:
        for part in source.namelist():
            data = source.read(part)
            if part == "word/document.xml":
                assert old in data.decode()
                data = data.decode().replace(old, new, 1).encode()
            target.writestr(part, data)
    return made.getvalue()


def test_each_is_a_content_control_known_by_its_tag_and_named_by_its_word() -> None:
    with zipfile.ZipFile(io.BytesIO(written(DOCUMENT).data)) as package:
        body = package.read("word/document.xml").decode()
    assert body.count("<w14:checkbox") == 3 and body.count(">☐</w:t>") == 3
    for tag, word in (("agree", "Agree"), ("disagree", "Disagree"), ("discuss", "Discuss")):
        assert f'<w:alias w:val="{word}"/><w:tag w:val="recommendation-go.{tag}"/>' in body
    assert verify_docx(DOCUMENT, edited("☐", "☐")) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<w14:checked w14:val="0"/>', '<w14:checked w14:val="1"/>'),
        ('<w:tag w:val="recommendation-go.agree"/>', '<w:tag w:val="another"/>'),
    ],
)
def test_one_that_is_ticked_or_not_there_is_found(old: str, new: str) -> None:
    (problem,) = verify_docx(DOCUMENT, edited(old, new))
    assert problem.code == "disagreement" and "“Agree” has no empty check box" in problem.message


def test_each_recommendation_is_in_the_style_of_its_list_and_what_asks_for_an_answer_in_its_own() -> None:
    items = [{**ITEM, "id": name, "to": "The council"} for name in ("go", "stay")]
    data = written(document({**BRIEF, "recommendations": items})).data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = package.read("word/document.xml").decode()
    section = body[body.index("Recommendations<") : body.index("Key figures<")]
    assert re.findall(r'pStyle w:val="(\w+)"', section)[:6] == ["ListNumber", "Response", "Response"] * 2
