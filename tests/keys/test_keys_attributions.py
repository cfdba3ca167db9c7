"""The bench of statements reads PolNeAR as it was marked, and counts as the scorer that others were measured with.

Neither PolNeAR nor that scorer is in this repository. Where they are not beside the checkout (`../shared`) the tests
that compare with them skip and name what is missing; everything else here is held on texts of our own.
"""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import peers, statements
from bench.attributions import ROLES, ROOM, Attribution, Ruler, Score, Stretch, compare, errors, figures
from bench.peers import PEERS
from bench.polnear import Article, articles, data_sha256, splits
from bench.statements import DATA

Json = dict[str, Any]
TOOLS = DATA.parents[1] / "tools"


@cache
def _tool(name: str) -> ModuleType:
    path = TOOLS / f"{name}.py"
    if not path.is_file():
        pytest.skip(f"{name}.py, which others were measured with, is not in {TOOLS}")
    spec = importlib.util.spec_from_file_location(f"shared_{name}", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _split(name: str) -> Path:
    if not (DATA / name).is_dir():
        pytest.skip(f"PolNeAR's split {name} is not in {DATA}")
    return DATA / name


# Reading the set

TEXT = 'The dam holds, Ana Reva said.\r\n"It does not," says the mayor,\n"and never did." It was believed lost.\n'
MARKS = """\
T1	Source 15 23	Ana Reva
T2	Cue 24 28	said
T3	Content 0 13	The dam holds
T4	Attribution 24 28	said
E1	Attribution:T4 Source:T1 Cue:T2 Content:T3
T5	Content 31 45;63 79	"It does not," "and never
did."
T6	Cue 46 50	says
T7	Source 51 60	the mayor
E2	Attribution:T6 Cue:T6 Content:T5 Source:T7
T8	Content 86 90	lost
T9	Content 79 82	 It
T10	Cue 83 94	was believed
E3	Attribution-no-source:T10 Cue:T10 Content:T8 Content2:T9
T11	Discard 3 x	an offset that is none
E4	Attribution:T11 Source:T1
#1	AnnotatorNotes E3	nobody is named
"""


@pytest.fixture
def split(tmp_path: Path) -> Path:
    """One article that two people marked; the marks of the second in the alphabet are of no use."""
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "daily_1.txt").write_bytes(TEXT.encode())
    (tmp_path / "attributions" / "daily_1_b00.ann").write_text("", encoding="utf-8")
    (tmp_path / "attributions" / "daily_1_a99.ann").write_text(MARKS, encoding="utf-8")
    return tmp_path


def test_an_article_is_read_as_its_first_annotator_marked_it(split: Path) -> None:
    """Contents in parts are joined, a broken label is counted, an event of a source alone is no attribution."""
    (article,) = articles(split)
    assert (article.name, article.annotator, article.unread) == ("daily_1", "a99", 1)
    assert article.attributions == (
        Attribution(((15, 23),), ((24, 28),), ((0, 13),), "E1"),
        Attribution(((51, 60),), ((46, 50),), ((31, 45), (63, 79)), "E2"),
        Attribution((), ((83, 94),), ((79, 82), (86, 90)), "E3"),
    )


def test_the_text_is_never_changed(split: Path) -> None:
    """Every line end stays what it was, or all offsets after it would point elsewhere."""
    assert articles(split)[0].text == TEXT


def test_the_hash_is_of_texts_and_marks(split: Path) -> None:
    before = data_sha256(articles(split))
    (split / "attributions" / "daily_1_a99.ann").write_text(MARKS + "\n", encoding="utf-8")
    assert data_sha256(articles(split)) != before


@pytest.mark.parametrize(
    ("there", "chosen"),
    [
        ([""], [""]),  # a split itself
        (["train", "dev", "test"], ["dev"]),
        (["train", "test", "more"], ["more", "test"]),  # what was kept back, and never what was trained on
        (["train"], []),
        ([], []),
    ],
)
def test_which_splits_are_read(tmp_path: Path, there: list[str], chosen: list[str]) -> None:
    (tmp_path / "notes").mkdir()
    for name in there:
        (tmp_path / name / "text").mkdir(parents=True)
        (tmp_path / name / "attributions").mkdir()
    assert splits(tmp_path) == [tmp_path / name if name else tmp_path for name in chosen]


def test_a_folder_that_is_not_there_has_no_splits(tmp_path: Path) -> None:
    assert splits(tmp_path / "nowhere") == []


@pytest.mark.parametrize("name", ["dev", "train"])
def test_polnear_is_read_as_others_read_it(name: str) -> None:
    """Record for record: article, annotator, text, marks and what could not be read."""
    split, tool = _split(name), _tool("polnear")
    tool.ROOT = str(DATA)
    theirs = [
        (
            one["doc_id"],
            one["annotator"],
            one["text"],
            [_as_ours(mark) for mark in one["attributions"]],
            one["problems"],
        )
        for one in tool.documents(name)
    ]
    ours = [(one.name, one.annotator, one.text, list(one.attributions), one.unread) for one in articles(split)]
    assert ours == theirs


def _as_ours(mark: Json) -> Attribution:
    source, cue, content = (tuple((start, end) for start, end in mark[role]) for role in ROLES)
    return Attribution(source, cue, content, mark["id"])


# The scorer

SAID = 'Ana Reva said the dam holds. "It does not," the mayor answered, and called it "an old wall" of mud.'


def _at(words: str) -> tuple[Stretch, ...]:
    return ((SAID.index(words), SAID.index(words) + len(words)),) if words else ()


def _said(source: str, cue: str, *content: str) -> Attribution:
    return Attribution(_at(source), _at(cue), tuple(place for words in content for place in _at(words)))


WALL_SAID = 'it "an old wall" of mud'
REVA = _said("Ana Reva", "said", "the dam holds")
MAYOR = _said("the mayor", "answered", '"It does not,"')
WALL = _said("the mayor", "called", WALL_SAID)
KEY = [REVA, MAYOR, WALL]


def _figures(*answer: Attribution, wanted: Iterable[Attribution] = tuple(KEY)) -> dict[str, float]:
    score = Score()
    score.add(compare(SAID, wanted, answer))
    return figures(score)


def test_who_finds_everything_gets_all_points() -> None:
    assert set(_figures(*KEY).values()) == {100.0}


def test_white_space_and_marks_at_an_edge_cost_nothing() -> None:
    loose = Attribution(_at("Ana Reva "), _at(" said "), _at(" the dam holds. "))
    assert _figures(loose, MAYOR, WALL) == _figures(*KEY)


def test_who_finds_nothing_gets_none() -> None:
    """And nothing is divided by zero, in an empty answer or an empty key."""
    assert set(_figures().values()) == set(_figures(*KEY, wanted=()).values()) == {0.0}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        # Three of six words of the content are half of it, two are not: found, and not the same statement.
        ([REVA, MAYOR, _said("the mayor", "called", "it", "of mud")], {"link": 100, "content_exact": 66.7}),
        ([REVA, MAYOR, _said("the mayor", "called", "of mud")], {"found": 100, "link": 66.7}),
        # The wrong source breaks the link; the cue is then of no use.
        ([REVA, MAYOR, _said("Ana Reva", "called", WALL_SAID)], {"found": 100, "link": 66.7, "full": 66.7}),
        # A source where the key has one, and none was given.
        ([REVA, MAYOR, _said("", "called", WALL_SAID)], {"link": 66.7, "source_token_recall": 100}),
        # Another cue costs only the full score.
        ([REVA, MAYOR, _said("the mayor", "said", WALL_SAID)], {"link": 100, "full": 66.7}),
        # What nobody said costs precision.
        ([*KEY, _said("", "", "of mud")], {"link_precision": 75, "link_recall": 100}),
        # One stretch over two statements is one of them.
        ([_said("the mayor", "answered", SAID[28:])], {"found_recall": 33.3, "found_precision": 100, "link": 0}),
        # The same thing twice is one span, and two statements.
        ([*KEY, REVA], {"content_exact": 100, "link_precision": 75}),
    ],
)
def test_each_fault_costs_what_it_should(answer: list[Attribution], expected: dict[str, float]) -> None:
    got = _figures(*answer)
    assert {name: got[name] for name in expected} == expected


def test_two_without_a_source_are_linked() -> None:
    """What nobody was said to have said is answered in full by naming nobody."""
    nobodys = Attribution((), WALL.cue, WALL.content)
    assert _figures(nobodys, wanted=[nobodys])["full"] == 100


def test_recall_is_told_by_how_the_words_are_quoted() -> None:
    got = _figures(MAYOR, _said("Ana Reva", "called", WALL_SAID))
    assert {name: got[name] for name in got if name.endswith(("_found", "_linked"))} == {
        "direct_found": 100, "direct_linked": 100, "mixed_found": 100,
        "mixed_linked": 0, "indirect_found": 0, "indirect_linked": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('"All of it."', "direct"),
        ("“All of it.”", "direct"),
        ("„All of it.“", "indirect"),  # a mark that opens again closes nothing
        ('The mayor\'s "wall"', "mixed"),
        ("None 'of it'", "indirect"),
        ('"Left open\nthen gone"', "indirect"),  # no quotation goes on over a line's end
        ('She "saw “all of it”', "mixed"),
        ("…", "none"),
    ],
)
def test_how_words_are_quoted(text: str, kind: str) -> None:
    ruler = Ruler(text)
    assert ruler.quotation(ruler.words([(0, len(text))])) == kind


# The scorer against the one that others were measured with


def _theirs(tool: ModuleType, cases: list[tuple[str, list[Attribution], list[Attribution]]]) -> dict[str, float]:
    """Their figures under our names; texts that share none of their articles' names cannot be mixed up."""

    def document(number: int, text: str, marks: list[Attribution]) -> Json:
        spans = [{role: [list(place) for place in getattr(one, role)] for role in ROLES} for one in marks]
        return {"doc_id": str(number), "text": text, "attributions": spans}

    wanted = [document(number, text, key) for number, (text, key, _) in enumerate(cases)]
    given = [document(number, text, answer) for number, (text, _, answer) in enumerate(cases)]
    found = tool.score(wanted, given)
    numbers: dict[str, float] = {}
    for kind, shares in found.pop("recall_by_type").items():
        numbers |= {f"{kind}_{name}": shares[name] for name in ("found", "linked")}
    for name, one in found.items():
        ours = name.removeprefix("attribution/").replace("/", "_")
        numbers |= {ours: one["f1"], f"{ours}_precision": one["p"], f"{ours}_recall": one["r"]}
    return numbers


def _ours(cases: list[tuple[str, list[Attribution], list[Attribution]]]) -> dict[str, float]:
    score = Score()
    for text, key, answer in cases:
        score.add(compare(text, key, answer))
    return figures(score)


def _agree(cases: list[tuple[str, list[Attribution], list[Attribution]]]) -> None:
    assert _ours(cases) == pytest.approx(_theirs(_tool("attribution_score"), cases), abs=0.1001)


WORDS = ["dam", "Reva's", "said", "It", '"', "“", "”", "„", "«", "»", "\n", ".", "-", "mayor’s", "1,000"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=24).map(" ".join)


@st.composite
def _cases(draw: st.DrawFn) -> tuple[str, list[Attribution], list[Attribution]]:
    """A text of words and marks, with a key and an answer that may be empty, overlap and repeat."""
    text = draw(TEXTS)
    edge = st.integers(0, len(text))
    stretch = st.tuples(edge, edge).map(lambda ends: (min(ends), max(ends)))
    role = st.lists(stretch, max_size=2).map(tuple)
    marks = st.lists(st.builds(Attribution, role, role, role), max_size=4)
    return text, draw(marks), draw(marks)


@given(st.lists(_cases(), min_size=1, max_size=3))
def test_our_scores_are_theirs(cases: list[tuple[str, list[Attribution], list[Attribution]]]) -> None:
    _agree(cases)


def test_our_scores_are_theirs_on_polnear() -> None:
    """With its own marks as answers, some lost, moved, without a source, split in two or told of another."""
    chance = random.Random(7)
    read = articles(_split("dev"))
    _agree([(one.text, list(one.attributions), _spoilt(one, chance)) for one in read])


def _spoilt(article: Article, chance: random.Random) -> list[Attribution]:
    found: list[Attribution] = []
    for one in article.attributions:
        (start, end), *others = one.content or ((0, 0),)
        by, middle = chance.randrange(-40, 40), (start + end) // 2
        shifted = Attribution(one.source, one.cue, ((max(0, start + by), max(1, end + by)), *others))
        stranger = chance.choice(article.attributions).source
        halves = [Attribution(one.source, one.cue, (half,)) for half in ((start, middle), (middle, end))]
        told_of_another = Attribution(stranger, one.cue, one.content)
        nobodys = Attribution((), one.cue, one.content)
        otherwise_cued = Attribution(one.source, stranger, one.content)
        amiss = (shifted, told_of_another, nobodys, otherwise_cued)
        found += chance.choice([[], [one], [one], halves, [one, one], *([each] for each in amiss)])
    return found


# What went wrong


@pytest.mark.parametrize(
    ("answer", "kinds"),
    [
        (KEY, []),
        ([REVA, MAYOR], ["missed: no overlap"]),
        # The verb was seen, and led to other words.
        (
            [REVA, MAYOR, _said("the mayor", "called", "answered")],
            ["missed: other words at its cue", "extra: other words at a cue"],
        ),
        ([REVA, MAYOR, _said("", "called", WALL_SAID)], ["source missing"]),
        ([REVA, MAYOR, _said("Ana Reva", "called", WALL_SAID)], ["wrong source"]),
        ([REVA, MAYOR, _said("the mayor", "said", WALL_SAID)], ["wrong cue"]),
        ([REVA, MAYOR, _said("the mayor", "called", "of mud")], ["content too short"]),
        ([REVA, WALL, _said("the mayor", "answered", SAID[28:73])], ["content too long"]),
        # One stretch over two statements is the pair of one, and the other is missed.
        ([REVA, _said("the mayor", "called", SAID[28:])], ["content merged", "missed: merged"]),
        # One statement in two pieces is neither.
        (
            [REVA, MAYOR, _said("the mayor", "called", 'it "an'), _said("the mayor", "called", "of mud")],
            ["content split", "extra: split"],
        ),
        ([*KEY, REVA], ["extra: the same words twice"]),
        ([*KEY, _said("the mayor", "and", "answered")], ["extra: no overlap"]),
    ],
)
def test_each_error_has_its_name(answer: list[Attribution], kinds: list[str]) -> None:
    assert [error.kind for error in errors(compare(SAID, KEY, answer))] == kinds


def test_a_source_that_nobody_named_is_an_error_too() -> None:
    nobodys = [Attribution((), REVA.cue, REVA.content)]
    assert [error.kind for error in errors(compare(SAID, nobodys, [REVA]))] == ["source where none is"]


def test_a_cue_without_a_word_cannot_be_missed() -> None:
    """PolNeAR marks the dash before a reader's name; no answer shares a word with a dash."""
    text = "The dam holds - Ana Reva"
    dash = Attribution(((16, 24),), ((14, 15),), ((0, 13),))
    assert errors(compare(text, [dash], [Attribution(dash.source, (), dash.content)])) == []


@pytest.mark.parametrize("answer", [[], [_said("the mayor", "called", SAID[28:])], [MAYOR]])
def test_an_error_shows_little_of_the_text(answer: list[Attribution]) -> None:
    """However long the words are: keys of others are not to be copied into logs."""
    text = SAID.replace("mud", "mud and sand and stone " * 20)
    whole = Attribution(_at("Ana Reva"), _at("said"), ((14, len(text)),))
    for error in errors(compare(text, [whole], answer)):
        shown = error.says.partition("): ")[2].replace(" | read as: ", "").replace(" | lacking: ", "")
        assert 0 < len(shown) <= ROOM


# Peers


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ana Reva said the dam holds.", ("Ana Reva", "said", "the dam holds")),
        ("The dam is safe, the mayor insisted.", ("the mayor", "insisted", "The dam is safe")),
        # Nothing hangs on the verb: what stands beside it between marks was said.
        ('"What a wall. And what a day." That, Ana Reva said.', ("Ana Reva", "said", "What a wall And what a day")),
        ("Ana Reva said.", None),  # and nobody knows what
        ("The wall fell.", None),
    ],
)
def test_the_least_that_a_parse_gives(sentence: str, expected: tuple[str, str, str] | None) -> None:
    found = _read_by("speech_verbs", sentence)
    ruler = Ruler(sentence)
    aloud = [tuple(ruler.aloud(ruler.words(getattr(one, role))) for role in ROLES) for one in found]
    assert aloud == ([expected] if expected else [])


def _read_by(name: str, text: str) -> list[Attribution]:
    return [one for found in peers._read(PEERS[name], text) for one in found or []]


def _textacy(answer: Callable[[Any], Iterable[Any]]) -> dict[str, Any]:
    """Modules that stand in for textacy, which no test needs installed."""
    names = ("textacy", "textacy.extract", "textacy.extract.triples")
    return {name: SimpleNamespace(direct_quotations=answer) for name in names}


def test_what_textacy_finds_is_moved_to_its_place_in_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paragraphs are parsed one by one, and offsets count from the article's start."""

    def first_words(doc: Any) -> Iterable[Any]:
        yield SimpleNamespace(speaker=[doc[0], doc[1]], cue=[doc[2]], content=doc[3:6])

    for name, module in _textacy(first_words).items():
        monkeypatch.setitem(sys.modules, name, module)
    text = "Ana Reva said the dam holds.\nThe mayor denied the dam holds."
    found = _read_by("textacy_by_paragraph", text)
    assert [[text[slice(*place)] for place in (*one.source, *one.cue)] for one in found] == [
        ["Ana", "Reva", "said"],
        ["The", "mayor", "denied"],
    ]


def test_what_textacy_refuses_is_empty_and_counted(split: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(doc: Any) -> Iterable[Any]:
        raise ValueError("3 quotation marks found")

    for name, module in _textacy(refuse).items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(peers, "find_spec", lambda name: name == "textacy")
    told = peers.measured(articles(split))
    assert (told["textacy"]["refused"], told["textacy"]["pieces"]) == (1, 1)
    assert (told["textacy_by_paragraph"]["refused"], told["textacy_by_paragraph"]["pieces"]) == (3, 3)
    assert told["textacy"]["scores"]["link"] == 0


def test_a_peer_that_is_not_installed_says_so(split: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "find_spec", lambda name: None)
    assert peers.measured(articles(split))["textacy"] == "not installed: pip install textacy"


# The bench


def test_the_bench_prints_one_object(split: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert statements.main(["--data", str(split), "--json", "--explain", "--no-peers"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == [
        "bench", "data_sha256", "n", "scores", "peers", "seconds",
        "words_per_cpu_second", "stage_words_per_cpu_second", "errors",
    ]  # fmt: skip
    assert (told["bench"], told["n"], told["peers"]) == ("statements", 1, {})
    assert told["scores"]["direct_linked"] == 100
    assert told["stage_words_per_cpu_second"] > told["words_per_cpu_second"] > 0


def test_the_bench_tells_what_went_wrong(
    split: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each error with its article, then each kind with how often and an example."""
    monkeypatch.setattr(statements, "attributions_of", lambda text: [])
    monkeypatch.setattr(statements, "stage_seconds", lambda text: 1.0)
    assert statements.main(["--data", str(split), "--explain", "--no-peers"]) == 0
    told = capsys.readouterr().out
    assert "daily_1: missed: no overlap (indirect): Ana Reva <said> The dam holds" in told
    assert "      3 missed: no overlap; one in daily_1" in told


def test_without_data_the_bench_says_what_it_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert statements.main(["--data", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert str(tmp_path) in told and "PolNeAR" in told and "--data" in told


def test_marks_without_their_article_are_told_by_name(split: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (split / "text" / "daily_1.txt").unlink()
    assert statements.main(["--data", str(split)]) == 1
    assert "daily_1.txt" in capsys.readouterr().err
