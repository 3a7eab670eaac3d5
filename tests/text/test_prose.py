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
    "    code", "5 * 3 * 2", "a_b_c", "2 ** 3", "<b", "https://x.org", "{{ x }}", "$a$", "~ 5", "C* and 5*", "AT&T; R&D",
    "[sic]", "[…]", "[2024]", "@a", "-dash", "1984", "a*", "#4", "a | b", "x > y", "-3 per cent",
    "2*3 m and 4*5 m", "5*3*2 = 30", "(2+3)*4*(5)", "+ 3 per cent", "2026. A year", "https://x.org/_a_/*b*",
    "The minister\n– who resigned – said", "snake_case_name", "un*believ*able", "− 3 per cent", "\u2013",
]  # fmt: skip


@pytest.mark.parametrize("text", TYPED)
def test_signs_are_as_they_were_typed(text: str) -> None:
    inlines = [child for token in Prose(text).tokens for child in token.children or []]
    assert "".join("\n" if child.type == "softbreak" else child.content for child in inlines) == text.strip()
    assert not Prose(text).faults


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("# Heading", 0), ("x\n\n#### Heading", 3), ("Heading\n=====", 0), ("Heading\n---", 0), ("##Heading", 0),
        ("x\n\n> quotation", 3), ("```\ncode\n```", 0), ("so `code`", 3), ("x\n\n---", 3), ("* * *", 0), ("***", 0),
        ("<b>html</b>", 0), ("a <!-- x -->", 2), ("<div>\nx\n</div>", 0), ("a &amp; b", 2), ("a&nbsp;b &#65;", 1),
        ("[a]: https://x.org", 0), ("see [a][b]", 4), ("~~a~~", 0), ("*a", 0), ("so **a", 3), ("**a**b", 0),
        ("a _b", 2), ("as in [1] and", 6), ("[2, 3]", 0), ("[4–6]", 0), ("- [ ] a\n- [x] b", 0), ("| a | b |", 0),
        ("| a | b |\n|---|---|\n| c |", 20), ("| a | b |\n|---|---|\n| c | d | e |", 20), ("| a | |\n|---|---|", 3),
        ("| *a* | b |\n|---|---|", 2), ("- 3 per cent", 0), ("x\n\n• 3 per cent", 3), ("5. Mai 2026", 0),
        ("1. a\n3. b", 5), ("[a](https://x.org \"title\")", 4), ("[#a b]", 0), ("so [^a].", 3), ("so\n\n[^a]: x", 4),
        ("a[^a] b[^a]\n\n[^a]: x", 7), ("a[^a]\n\n[^a]: x [@b]", 15), ("a[^a]\n\n[^a]: x\n\n[^a]: y", 16),
        ("+ one\n+ two", 0), ("- one\n+ two", 6), ("Two:\n2. one\n3. two", 5), ("- a\n\n  ## b", 5), ("- a\n\n  | b | c |\n  |---|---|", 5),
    ],
)  # fmt: skip
def test_other_markup_is_complained_of_where_it_stands(text: str, offset: int) -> None:
    assert [fault.offset for fault in Prose(text).faults][:1] == [offset], Prose(text).faults
    assert all(fault.hint for fault in Prose(text).faults)


@pytest.mark.parametrize(
    "text",
    [
        "1. a\n1. b\n1. c", "3. a\n4. b", "- 3 per cent\n- 4 per cent", "- a", "1. a", "\\- 3 per cent", "5\\. Mai 2026",
        "\\*a", "\\[1]", "\\~~a", "\\&amp;", "\\<b>", "\\> a", "\\# a", "\\| a | b |", "a\\_b", "*so*, **so**.",
        "(*so*) “**so**” *so*[@a]", "[words](https://x.org)[@a]", "[1](https://x.org)", "Text[^a]\n\n[^a]: Note.",
        "## a\n\n### b\n\nc", "| a | b |\n|:--|--:|\n| c | |\n| \\| | *d* |", "see [#a] and [#a-b_c]",
    ],
)  # fmt: skip
def test_what_was_meant_is_not_complained_of(text: str) -> None:
    assert not Prose(text).faults


@pytest.mark.parametrize("bullet", ["•\t", "▪ ", "– ", "· ", "\uf0b7 ", "● "])
def test_bullets_of_a_word_processor_make_a_list(bullet: str) -> None:
    text = f"Two:\n\n{bullet}one [@a]\n{bullet}two"
    assert (
        " ".join(shape(Prose(text))) == "<p> Two: </p> <ul> <li> <p> one  a| </p> </li> <li> <p> two </p> </li> </ul>"
    )
    assert text[Prose(text).citations[0].offset] == "@"


def test_dashes_below_a_line_of_text_make_a_list_where_there_are_two() -> None:
    assert Prose("Two:\n– one\n– two").plain == "Two:\none\ntwo"
    assert Prose("The minister\n– who resigned – said").plain == "The minister – who resigned – said"


def test_tables_notes_and_references_are_read_with_their_places() -> None:
    text = "a[^n] [#fig]\n\n| h | i |\n|---|--:|\n| x [@a] | y [#q] |\n\n[^n]: So *it* is,\nhere."
    prose = Prose(text)
    assert not prose.faults
    assert [(each.name, text[each.offset :][:6]) for each in prose.references] == [("fig", "[#fig]"), ("q", "[#q] |")]
    assert [text[citation.offset :][:2] for citation in prose.citations] == ["@a"]
    assert prose.plain == "a\nh\ni\nx\ny\nSo it is, here."
    assert all(
        text[place] == letter for place, letter in zip(prose.places, prose.plain, strict=True) if letter.isalpha()
    )


def test_names_of_sources_without_brackets_are_found() -> None:
    text = "As @law says, a@law.org, [@law], \\@law, https://x.org/@law and (@law)"
    assert [each.offset for each in Prose(text).names_without_brackets] == [3, 64]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We will pay.”", "We will pay."), ('"We will pay."', "We will pay."), ("‘We don’t pay.’", "We don’t pay."),
        ("'We don't pay.'", "We don't pay."), ("„Wir zahlen.“", "Wir zahlen."), ("« Nous payons. »", "Nous payons."),
        ("»Wir«", "Wir"), ("“He said ‘no’.”", "He said ‘no’."), ("“Yes” and “no”", "“Yes” and “no”"),
        ('"Fair" is not the word.', '"Fair" is not the word.'), ('We call it "fair"', 'We call it "fair"'),
        ("’Tis so", "’Tis so"), ("the boys'", "the boys'"), ("“A” and b", "“A” and b"),
    ],
)  # fmt: skip
def test_a_pair_of_marks_around_a_quote_is_taken_off(text: str, words: str) -> None:
    assert QuotedWords(text).plain == words and not QuotedWords(text).faults


@pytest.mark.parametrize(
    "text",
    [
        '"Yes" and "no"',
        "“We will pay”.",
        '"We will pay".',
        "'We' and 'they'",
        "“We pay",
        'We pay"',
        "We pay”",
        "‘We pay’.",
    ],
)
def test_marks_that_may_be_the_outer_pair_are_asked_about(text: str) -> None:
    assert [fault.offset for fault in QuotedWords(text).faults] == [0]


@pytest.mark.parametrize("text", ["We **pay", "~~We~~ pay", "We pay &amp; go", "We <b>pay</b>"])
def test_litter_in_quoted_words_is_complained_of(text: str) -> None:
    assert QuotedWords(text).faults


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
        [
            *"ab \n*_[]()<>!\\@-1.;,#>`\t",
            "[@a]",
            "[@a, p. 1; @b]",
            "\n- ",
            "\n1. ",
            "](https://x)",
            "\n\n",
            "é",
            "[#a]",
            "[^a]",
            "\n\n[^a]: ",
            "\n| ",
            "\n|-|-|\n",
            "## ",
        ]
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
        if child.type in ("text", "text_special", "citation", "link_open", "reference", "note_mention")
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
