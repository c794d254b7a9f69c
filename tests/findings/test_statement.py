"""The account's own say: what a statement may hold, and how a file that holds something else is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from permadani.errors import InputError, PermadaniError
from permadani.findings.results import Absence, Statement
from permadani.findings.statement import Notes, read_statement

DOCS = Path(__file__).parents[2] / "docs" / "statement.md"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "notes.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_all_of_it(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        text = '''I answer on Sundays.

        Twice a month.'''
        answered_privately = "About thirty by e-mail."
        policy = "Insults are hidden."
        abuse = ["x:status/9", "@shouter", "@shouter", "https://x.example/u/troll"]
        [[away]]
        since = 2020-07-01
        until = 2020-07-31
        note = "In hospital"
        [[away]]
        since = 2020-01-02
        until = 2020-01-02
        """,
    )
    notes = read_statement(path)
    assert notes == Notes(
        text="I answer on Sundays.\n\n Twice a month.",
        away=(Absence("2020-01-02", "2020-01-02"), Absence("2020-07-01", "2020-07-31", "In hospital")),
        answered_privately="About thirty by e-mail.",
        policy="Insults are hidden.",
        abuse=("x:status/9", "@shouter", "https://x.example/u/troll"),
    )
    assert notes.statement(4) == Statement(notes.text, notes.away, notes.answered_privately, notes.policy, 4)


@pytest.mark.parametrize("text", ["", "# nothing said\n", "\ufeff", "text = '  '\nabuse = ['  ']"])
def test_nothing_is_nothing(text: str, tmp_path: Path) -> None:
    assert read_statement(written(tmp_path, text)) == Notes()


def test_words_that_act_on_their_surroundings_are_made_harmless(tmp_path: Path) -> None:
    path = written(tmp_path, r'text = "a\u001b[31mred\u202eder\u0000 \n\n b"' + "\nabuse = ['x:1\\n']\n")
    notes = read_statement(path)
    assert notes.text == "a [31mred der \n\n b"
    assert notes.abuse == ("x:1\\n",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("texts = 'x'", "texts"),
        ("text = 3", "text"),
        ("text = ['a']", "text"),
        ("abuse = 'x:1'", "abuse"),
        ("abuse = [1]", "abuse"),
        ("abuse = ['']", "abuse"),
        ("abuse = {a = 'x'}", "abuse"),
        ("[[away]]\nsince = 2020-01-01", "until"),
        ("[[away]]\nsince = 2020-01-01\nuntil = 'soon'", "until"),
        ("[[away]]\nsince = 2020-01-01\nuntil = 2020-01-02T10:00:00Z", "until"),
        ("[[away]]\nsince = 2020-01-01\nuntil = 20", "until"),
        ("[[away]]\nsince = 2020-01-01\nuntil = 2020-02-30", "line"),
        ("[[away]]\nsince = 2020-01-01\nuntil = 2020-02-01\nwhere = 'sea'", "where"),
        ("[away]\nsince = 2020-01-01\nuntil = 2020-02-01", "away"),
        ("[[away]]\nsince = 2020-02-02\nuntil = 2020-02-01", "2020-02-02"),
        ("text = ", "Invalid value"),
        ("text = 'a'\ntext = 'b'", "overwrite"),
        (b"text = '\xff\xfe'", "UTF-8"),
        ("a = " + "[" * 40_000, "nested"),
        ("abuse = [" + "9" * 5_000 + "]", "limit"),
        (f"text = '{'x' * 5_001}'", "5000"),
        (f"policy = '{'x' * 1_000_001}'", "too large"),
        ("a." * 100_000 + "a = 1", "20 dots"),
        ("[" + "a . " * 21 + "a]", "20 dots"),
        ("x = {" + '"a".' * 21 + "a = 1}", "20 dots"),
        ('text = """ a""""\n' + "a." * 21 + "a = 1", "20 dots"),
        ("text = '''a'b''c'''''#\n" + "a." * 21 + "a = 1", "20 dots"),
        ("text = 'a\n" + '"\\""\'.' * 21 + "a = 1", "line 1"),
        ("PK\x03\x04\x00\x00\x1b[2J", "line 1"),
    ],
)
def test_what_cannot_be_used_is_said_with_a_hint(text: str | bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_statement(written(tmp_path, text))
    assert says in caught.value.text()
    assert "notes.toml" in caught.value.text()
    assert len(caught.value.text()) < 600 + len(str(tmp_path))
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", caught.value.text())
    assert caught.value.hint_text()


def test_dots_in_strings_and_comments_are_no_depth(tmp_path: Path) -> None:
    dots = "wait..." * 10
    path = written(
        tmp_path,
        f"""# {dots} ' "
        text = "{dots} \\" {dots} # '"  # {dots}
        answered_privately = '''' {dots}
        {dots}'''
        policy = \"\"\"{dots} \\\"\"\" \" \"\"{dots}\"\"\"
        abuse = ['{dots}', "{dots}"]
        """,
    )
    notes = read_statement(path)
    assert notes.abuse == (dots,)
    for words in (notes.text, notes.answered_privately, notes.policy):
        assert words is not None
        assert words.count(dots) == 2


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(PermadaniError, match="no file"):
            read_statement(path)


def test_the_example_in_the_docs_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    notes = read_statement(written(tmp_path, example))
    assert notes.text
    assert notes.away
    assert notes.answered_privately
    assert notes.policy
    assert notes.abuse
