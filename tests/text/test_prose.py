"""Light Markdown: what is markup, what stays as typed, where citations stand, and what is complained of."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.prose import Citation, Prose, QuotedWords


def shape(text: Prose | QuotedWords) -> list[str]:
    """The tokens of a text in short: paragraphs as ``p``, lists as ``ul``, texts as they are, a link with its address."""
    pieces: list[str] = []
    for token in text.tokens:
        pieces.extend(map(_short, token.children or [] if token.type == "inline" else [token]))
    return [piece for piece in pieces if piece]


def _short(token: Any) -> str:
    if token.type in ("text", "text_special"):
        return str(token.content)
    if token.type == "citation":
        return " ".join(f"{source}|{locator}" for source, locator in token.meta["cites"])
    sign = {1: "<", 0: "<", -1: "</"}[token.nesting]
    return f"{sign}{token.tag}{' ' + token.attrs['href'] if 'href' in token.attrs else ''}>"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("One.\n\nTwo\nlines.", "<p> One. </p> <p> Two <br> lines. </p>"),
        ("*a* _b_ **c** __d__", "<p> <em> a </em>   <em> b </em>   <strong> c </strong>   <strong> d </strong> </p>"),
        ("- a\n- b", "<ul> <li> <p> a </p> </li> <li> <p> b </p> </li> </ul>"),
        ("3) a\n4) b", "<ol> <li> <p> a </p> </li> <li> <p> b </p> </li> </ol>"),
        ("a  \nb", "<p> a <br> b </p>"),
        ("[a](https://x.org)", "<p> <a https://x.org> a </a> </p>"),
        ("<https://x.org/%C3%BC>", "<p> <a https://x.org/%C3%BC> https://x.org/%C3%BC </a> </p>"),
        ("<a@b.org>", "<p> <a mailto:a@b.org> a@b.org </a> </p>"),
        ("[a](mailto:a@b.org)", "<p> <a mailto:a@b.org> a </a> </p>"),
        ("a [@b, c d] e", "<p> a  b|c d  e </p>"),
    ],
)  # fmt: skip
def test_markup(text: str, tokens: str) -> None:
    assert " ".join(shape(Prose(text))) == tokens


TYPED = [
    "# Heading", "Heading\n=====", "> quotation", "    code", "```\ncode\n```", "`code`", "---", "* * *", "- - -",
    "***", "<b>html</b>", "<!-- x -->", "&amp; &#65;", "[a]: https://x.org", "[a][b]", "~~a~~", "| a | b |\n| - | - |",
    "5 * 3 * 2", "a_b_c", "2 ** 3", "<b", "https://x.org", "{{ x }}", "$a$",
    "[sic]", "[…]", "[@]", "[@1]", "[see @a]", "[@a b]", "@a", "-dash", "1984", "*a", "a*", "**",
]  # fmt: skip


@pytest.mark.parametrize("text", TYPED)
def test_everything_else_is_as_it_was_typed(text: str) -> None:
    inlines = [child for token in Prose(text).tokens for child in token.children or []]
    assert "".join("\n" if child.type == "softbreak" else child.content for child in inlines) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["![alt](https://x.org/a.png)", "![alt](a.png)", "[a](javascript:alert)", "[a](report.pdf)", "<javascript:alert>"],
)
def test_pictures_and_links_to_no_address_are_faults(text: str) -> None:
    assert Prose(text).faults


@pytest.mark.parametrize("sign", list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"))
def test_a_backslash_makes_any_sign_plain(sign: str) -> None:
    assert Prose(f"\\{sign}a\\{sign}").plain == f"{sign}a{sign}"
    assert QuotedWords(f"\\{sign}a\\{sign}").plain == f"{sign}a{sign}"


def test_quotes_know_emphasis_and_nothing_else() -> None:
    words = QuotedWords("We *are* [sic](https://x.org) - <https://x.org>\n- [@a] 1) **late**\n\n1. so")
    assert " ".join(shape(words)) == (
        "<p> We  <em> are </em>  [sic](https://x.org) - <https://x.org> <br> - [@a] 1)  <strong> late </strong> </p> <p> 1. so </p>"
    )
    assert words.plain == "We are [sic](https://x.org) - <https://x.org> - [@a] 1) late\n\n1. so"


def test_the_markdown_of_a_quote_is_not_part_of_its_words() -> None:
    words = QuotedWords("It is *not*\nsafe \\[now\\].\n\nClose **it**. ... Now.")
    assert words.plain == "It is not safe [now].\n\nClose it. ... Now."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[@a]", [("a", "", 1)]),
        ("x [@a-b_1, para 6].", [("a-b_1", "para 6", 3)]),
        ("[@a; @b, p. 3]", [("a", "", 1), ("b", "p. 3", 5)]),
        ("[ @a ,  pp. 3–4,\n 6 ; @b ]", [("a", "pp. 3–4, 6", 2), ("b", "", 22)]),
        ("\\[@a] [@a]", [("a", "", 7)]),
        ("[@a][@a]", [("a", "", 1), ("a", "", 5)]),
        ("*x [@a]*", [("a", "", 4)]),
        ("1. x\n   y [@a]\n\n   - *\n     z\n\n       [@b]\n\n\tt [@c]", [("a", "", 11), ("b", "", 39), ("c", "", 48)]),
        ("é𐀀 [@a]", [("a", "", 4)]),
        ("[@a@b] [@ a] [@a,] [@a;] [@;@a] [@" + "a" * 51 + "]", []),
        ("[x [@a]](https://x.org)", [("a", "", 4)]),
        ("\\\\[@a]", [("a", "", 3)]),
    ],
)
def test_citations_have_a_source_a_locator_and_a_place(text: str, found: list[tuple[str, str, int]]) -> None:
    assert Prose(text).citations == tuple(Citation(*each) for each in found)
    assert all(text[citation.offset] == "@" for citation in Prose(text).citations)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("So it is [@a].", "So it is."),
        ("So [@a] it is", "So it is"),
        ("So [@a] [@b], and [@c]", "So, and"),
        ("(so [@a])", "(so)"),
        ("[@a] So", "So"),
        ("mot [@a] ; mot ; x", "mot; mot ; x"),
        ("*So* **it** [is](https://x.org)\nso", "So it is so"),
        ("- one\n- two [@a]\n\nthree  \nfour", "one\ntwo\nthree\nfour"),
    ],
)
def test_plain_text_is_what_a_reader_sees(text: str, seen: str) -> None:
    assert Prose(text).plain == seen


FAULTS = [
    ("[see @a]", "0 bad-value '[see @a]' is not a citation"),
    ("x [@a b]", "2 bad-value '[@a b]' is not a citation"),
    ("x [@a\n\ny", "2 bad-value '[@a' is not a citation"),
    ("[@a] [@] [@1]", "5 bad-value '[@]' is not a citation | 9 bad-value '[@1]' is not a citation"),
    ("\\[@a b] [\\@a b] [a@b.org](mailto:a@b.org) a@b.org [at @ noon]", ""),
    ("x [y](z.pdf)", "6 bad-url 'z.pdf' cannot be a link's address"),
    ("[y]( <javascript:x> )", "6 bad-url 'javascript:x' cannot be a link's address"),
    ("<file:///etc>", "1 bad-url 'file:///etc' cannot be a link's address"),
    ("[y](http://a@b)", "4 bad-url 'http://a@b' cannot be a link's address"),
    ("[y]()", "4 bad-url the link has no address"),
    ("- [](https://x.org)", "2 bad-value the link has no words"),
    ("a\n![b](c.png)", "2 bad-value a picture cannot stand in a text"),
    ("[@a](https://x.org)", "0 bad-value a citation cannot be the words of a link"),
    ("[b [@a] c](https://x.org)", "3 bad-value a citation cannot be the words of a link"),
    ("[@a] (https://x.org) [sic](so)", "27 bad-url 'so' cannot be a link's address"),
    ("\\[sic](so) [sic] (so)", ""),
    ("- a\n  - b\n    - c\n      - d", ""),
    ("- a\n  - b\n    - c\n      - d\n        - e", "28 too-deep lists are nested too deeply"),
    ("*a **b *c **d *e **f *g* f** e* d** c* b** a*", "0 too-deep emphasis is nested too deeply"),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_what_only_looks_like_markup_is_complained_of(text: str, expected: str) -> None:
    found = Prose(text).faults
    assert " | ".join(f"{fault.offset} {fault.code} {fault.message}" for fault in found) == expected
    assert all(fault.hint for fault in found)


def test_citations_among_quoted_words_are_complained_of() -> None:
    assert [fault.offset for fault in QuotedWords("We [@a] are \\[@b] [sic] [@c, p. 3]").faults] == [3, 24]


Marked = st.lists(
    st.sampled_from(
        [*"ab \n*_[]()<>!\\@-1.;,#>`\t", "[@a]", "[@a, p. 1; @b]", "\n- ", "\n1. ", "](https://x)", "\n\n", "é"]
    )
).map("".join)


@given(Marked)
def test_offsets_point_at_what_they_mean_in_any_text(text: str) -> None:
    prose = Prose(text.strip())
    for citation in prose.citations:
        assert prose.text[citation.offset :].startswith("@" + citation.id)
    for token in prose.tokens:
        for child in token.children or []:
            if child.type == "link_open":
                assert prose.text[child.meta["offset"]] in "[<"
    for fault in prose.faults:
        assert 0 <= fault.offset < len(prose.text)


@given(Marked)
def test_no_letter_is_lost_from_any_text(text: str) -> None:
    """Letters stand in the tokens as they stand in the text: no rule of Markdown that was not asked for takes any away."""
    prose = Prose(text.strip())
    if prose.faults:
        return
    kept = "".join(
        child.content + str(child.attrs.get("href", ""))
        if child.type in ("text", "text_special", "citation", "link_open")
        else ""
        for token in prose.tokens
        for child in token.children or []
    )
    for letter in "abé":
        assert kept.count(letter) >= text.count(letter)


def test_places_are_those_of_the_characters_as_typed() -> None:
    prose = Prose("So *it* is [@a, p. 3]; see\n[the page](https://x.org/so) \\[x].")
    assert prose.plain == "So it is; see the page [x]."
    typed = "".join(prose.text[place] for place in prose.places)
    assert typed.replace("\n", " ") == prose.plain


def test_a_text_is_equal_to_its_copies_and_not_to_quoted_words() -> None:
    prose = Prose("So [@a].")
    quoted: object = QuotedWords("So [@a].")
    assert prose.citations == Prose("So [@a].").citations and prose == Prose("So [@a].") != quoted
    for other in (pickle.loads(pickle.dumps(prose)), copy.deepcopy(prose)):
        assert (other, hash(other), other.plain) == (prose, hash(prose), "So.")


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for read in (Prose(text), QuotedWords(text)):
        assert len(read.faults) <= len(text) and len(read.plain) <= 2 * len(text)
    assert len(Prose(text).places) == len(Prose(text).plain) >= len("".join(one.text for one in Prose(text).sentences))
