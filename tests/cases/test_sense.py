"""What a speaker only hopes, supposes or hears from others is told where it was cut off; what says that it is so is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.test_evidence import MISLEADING, NORA, checked, is_sound, said, tells

PAYS = "the county pays for it"
MISLEADS = [
    ("I hope that ", PAYS, ""),
    ("I wish ", PAYS, ""),
    ("It seems that ", PAYS, ""),
    ("In theory, ", PAYS, ""),
    ("I used to think that ", PAYS, ""),
    ("They want us to believe that ", PAYS, ""),
    ("The question is whether ", PAYS, ""),
    ("It would be a lie to say that ", PAYS, ""),
    ("Apparently, ", PAYS, ""),
    ("The idea that ", PAYS, " is absurd"),
    ("Now ", PAYS, ", I hope"),
    ("Now ", PAYS, ", or so they say"),
    ("Now ", PAYS, ", the engineers say"),
    ("Now ", PAYS, ", according to Mr Berg"),
    ("According to Mr. Berg, ", PAYS, ""),
    ("Now ", PAYS, ", but only for the pumps"),
    ("Now ", PAYS, " as soon as the bank is closed"),
    ("Ich hoffe, dass ", "der Kreis zahlt", ""),
    ("Es heißt, ", "der Kreis zahlt", ""),
    ("Angenommen, ", "der Kreis zahlt", ""),
    ("Stimmt der Landtag zu, ", "zahlt der Kreis", ""),
    ("Laut Herrn Berg ", "zahlt der Kreis", ""),
    ("Jetzt ", "schließen wir den Deich", " keineswegs"),
    ("J’espère que ", "le département paie", ""),
    ("Selon M. Berg, ", "le département paie", ""),
    ("Il paraît que ", "le département paie", ""),
    ("Ojalá ", "la provincia pague", ""),
    ("Spero che ", "la provincia paghi", ""),
    ("Надеюсь, ", "округ заплатит", ""),
    ("Неправда, что ", "округ заплатит", ""),
]
SAYS_SO = [
    ("As I hoped, ", PAYS, ""),
    ("I wish to make clear that ", PAYS, ""),
    ("We must not forget that ", PAYS, ""),
    ("It’s no secret that ", PAYS, ""),
    ("It comes as no surprise that ", PAYS, ""),
    ("I don’t mind saying that ", PAYS, ""),
    ("I cannot stress enough that ", PAYS, ""),
    ("Nobody can deny that ", PAYS, ""),
    ("You don’t need to be an engineer to see that ", PAYS, ""),
    ("I keep saying that ", PAYS, ""),
    ("I honestly believe that ", PAYS, ""),
    ("We’ve long argued that ", PAYS, ""),
    ("According to the Water Act, ", PAYS, ""),
    ("Now ", PAYS, ", as the law says"),
    ("Now ", PAYS, ", I can tell you"),
    ("Now ", PAYS, ", and I am glad of it"),
    ("Ich möchte sagen, dass ", "der Kreis zahlt", ""),
    ("Es überrascht nicht, dass ", "der Kreis zahlt", ""),
    ("Wie wir gehofft haben, ", "zahlt der Kreis", ""),
    ("Seit die Flut kam, ", "zahlt der Kreis", ""),
    ("Je souhaite rappeler que ", "le département paie", ""),
    ("N’oublions pas que ", "le département paie", ""),
    ("Selon la loi, ", "le département paie", ""),
    ("No olvidemos que ", "la provincia paga", ""),
]


@pytest.mark.parametrize(("before", "words", "behind"), MISLEADS)
def test_what_is_only_hoped_supposed_or_heard_is_told(before: str, words: str, behind: str, tmp_path: Path) -> None:
    source = f"Nora Tamm said: “{before}{words}{behind}.”"
    assert tells(checked(tmp_path, source, said(words, NORA)), *MISLEADING)


@pytest.mark.parametrize(("before", "words", "behind"), SAYS_SO)
def test_what_is_said_to_be_so_is_no_doubt(before: str, words: str, behind: str, tmp_path: Path) -> None:
    source = f"Nora Tamm said: “{before}{words}{behind}.”"
    assert is_sound(checked(tmp_path, source, said(words, NORA)))


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("Germany must pay for it.", "[France] must pay for it."),
        ("We will ask Berg to pay for it.", "We will ask [Vale] to pay for it."),
        ("The Labour party lied to us.", "The [Conservative] party lied to us."),
        ("I am against the plan.", "I am [for] the plan."),
        ("It is 5 miles away.", "It is 5 [kilometres] away."),
        ("Women or children may come.", "Women [and] children may come."),
        ("It was 5 degrees.", "It was [minus] 5 degrees."),
    ],
)
def test_a_bracket_that_sets_another_name_or_sense_is_told(words: str, quote: str, tmp_path: Path) -> None:
    assert not is_sound(checked(tmp_path, f"Nora Tamm said: “{words}”", said(quote)))


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("They must pay for it.", "[The Russians] must pay for it."),
        ("We will ask him to pay for it.", "We will ask [Olaf Berg] to pay for it."),
        ("We will ask Berg to pay for it.", "We will ask [Olaf Berg] to pay for it."),
        ("We will ask Olaf to pay for it. Olaf Berg knows it.", "We will ask [Berg] to pay for it."),
        ("The EU must pay for it.", "The [European Union] must pay for it."),
        ("The UK must pay for it.", "[Britain] must pay for it."),
        ("Wir zahlen alles.", "[Sie] zahlen alles."),
        ("We met there last year.", "We met [in Berlin] last year."),
        ("The mayor must pay for it.", "[Mayor Olaf Berg] must pay for it."),
    ],
)
def test_a_bracket_that_explains_a_name_is_no_doubt(words: str, quote: str, tmp_path: Path) -> None:
    assert is_sound(checked(tmp_path, f"Nora Tamm said: “{words}”", said(quote)))


@pytest.mark.parametrize(
    ("locator", "sound"),
    [
        ("paras 2, 3", True),
        ("paras 2 and 3", True),
        ("paras 2 to 4", True),
        ("Abs. 2 bis 4", True),
        ("paras 5 and 6", False),
        ("paras 1, 2", False),
        ("paras 4-3", True),
        ("pp. 123-5", True),
    ],
)
def test_a_locator_may_be_a_list(locator: str, sound: bool, tmp_path: Path) -> None:
    source = "\n\n".join(f"Nora Tamm writes that bank {number} will be closed." for number in range(1, 9))
    assert is_sound(checked(tmp_path, source, said("bank 3 will be closed", locator=locator))) is sound
