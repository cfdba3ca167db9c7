"""What was said: the words, where they begin and end, and how they stand in the text."""

from __future__ import annotations

import pytest

from tests.rows.reads import reading_of, words_of

# Each row: why, the text, act and quotation of the first statement, and its words without marks.
WORDS = [
    ("words in pieces around the cue are one statement",
     "“The bridge is gone,” the mayor said. “We have no crossing.”",
     ("says", "direct", "The bridge is gone We have no crossing")),
    ("a quotation over sentences stays one",
     "“We have no water. We have no bread,” the mayor said.",
     ("says", "direct", "We have no water We have no bread")),
    ("straight marks read as curly ones do",
     '"We have no water. We have no bread," the mayor said.',
     ("says", "direct", "We have no water We have no bread")),
    ("part verbatim is mixed",
     "The mayor said the town was “a heap of stones” after the raid.",
     ("says", "mixed", "the town was “a heap of stones” after the raid")),
    ("one cue can carry two contents",
     "Officials said troops were digging in and that the road would stay shut.",
     ("says", "indirect", "troops were digging in and that the road would stay shut")),
    ("the report's own comment behind the words stays out",
     "The colonel said two tanks were lost, a rare admission of failure.",
     ("says", "indirect", "two tanks were lost")),
    ("a negation belongs to what is asked for",
     "The governor urged mourners not to gather in crowds.",
     ("calls_for", "indirect", "not to gather in crowds")),
    ("a question in quotation marks leads up to its cue",
     "“Where is the ambulance?” a woman asked.",
     ("asks", "direct", "Where is the ambulance")),
    ("a lead-in colon",
     "The mayor told Ridge News: “We have no crossing left.”",
     ("says", "direct", "We have no crossing left")),
    ("according to",
     "According to the mayor, the bridge is gone.",
     ("says", "indirect", "the bridge is gone")),
    ("a label is what stands in its marks",
     "The army began what it called a “cleaning operation” in May.",
     ("labels", "direct", "cleaning operation")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in WORDS], ids=[row[0] for row in WORDS])
def test_the_words_said(text: str, expected: tuple[str, str, str]) -> None:
    reading = reading_of(text)
    first = reading.statements[0]
    said = " ".join(words_of(reading, first.words))
    wanted = " ".join(word.strip("“”\"',.?!;:()’‘") for word in expected[2].split())
    assert (first.act, first.quotation) == expected[:2]
    assert said == wanted


# Two cues in one sentence: each statement's speaker, act and words, none inside the other.
JOINED = [
    ("a second verb behind a comma goes to the one who spoke",
     "The ministry said three people died, and blamed the rebels for the attack.",
     [("The ministry", "says", "three people died"), ("The ministry", "accuses", "the rebels for the attack")]),
    ("a second verb goes past a subject that cannot speak",
     "The mayor said the bridge was closed and urged people to leave.",
     [("The mayor", "says", "the bridge was closed"), ("The mayor", "calls_for", "to leave")]),
    ("but parts two sayings",
     "The army said it had killed 20 rebels but denied shelling the town.",
     [("The army", "says", "it had killed 20 rebels"), ("The army", "denies", "shelling the town")]),
    ("a silence is never inside somebody's words",
     "The ministry said its forces had struck a depot and did not mention the port.",
     [("The ministry", "says", "its forces had struck a depot"), ("The ministry", "no_comment", "mention the port")]),
    ("nobody speaks across a semicolon",
     "The army accused the rebels of shelling Wajir; the rebels said they had fired at a barracks.",
     [("The army", "accuses", "the rebels of shelling Wajir"),
      ("the rebels", "says", "they had fired at a barracks")]),
    ("a claim rejected behind the words is the other side's denial",
     "The army said it had killed 20 fighters, a claim rejected by Tuareg rebels.",
     [("The army", "says", "it had killed 20 fighters"), ("Tuareg rebels", "denies", "a claim")]),
    ("neither confirmed nor denied is a silence, no denial",
     "The palace has neither confirmed nor denied involvement.",
     [("The palace", "no_comment", "has neither confirmed nor denied involvement")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in JOINED], ids=[row[0] for row in JOINED])
def test_two_cues_in_one_sentence(text: str, expected: list[tuple[str, str, str]]) -> None:
    reading = reading_of(text)
    names = {source.id: source.name for source in reading.sources}
    found = [(names[s.source], s.act, " ".join(words_of(reading, s.words)), s.within) for s in reading.statements]
    assert found == [(*row, None) for row in expected]


def test_a_speaker_inside_the_words_keeps_what_is_his() -> None:
    """Where the inner subject can speak and nothing parts the verbs, they are his, inside the other's words."""
    reading = reading_of("An official said the minister denied the report and blamed the press.")
    assert [(s.act, s.within) for s in reading.statements] == [("says", None), ("denies", "st1"), ("accuses", "st1")]


def test_a_quotation_over_paragraphs_stays_one_statement() -> None:
    reading = reading_of(
        "“First the dogs, then a drone,” said Amina Dol, a shopkeeper. “We ran to the river.\n\n"
        "“We lay in the water until dawn.\n\n“When it got light I went back.”"
    )
    assert [len(s.words) for s in reading.statements] == [4]


# Sentences in which nobody speaks: no statement at all.
SILENT = [
    ("narration", "Troops crossed the river at dawn and took the mill."),
    ("talks held are events", "The two ministers discussed the border over lunch."),
    ("a title in quotation marks", "The choir sang “The Long Road Home” in the square."),
    ("a wish to speak is not speech", "They went to the river to say goodbye."),
    ("a condition is not speech", "If the army says the road is open, buses will run."),
    ("what may be said has not been said", "The minister may say more on Friday."),
]


@pytest.mark.parametrize("text", [row[1] for row in SILENT], ids=[row[0] for row in SILENT])
def test_no_statement_where_nobody_speaks(text: str) -> None:
    assert reading_of(text).statements == ()


def test_a_quotation_nobody_is_near_is_kept_with_the_reason() -> None:
    reading = reading_of("The choir sang “The Long Road Home” in the square.")
    assert [(q.statement, q.why_unread) for q in reading.quotations] == [(None, "no_speaker_near")]


def test_leftovers_change_no_statement() -> None:
    """A prompt glued into the paragraph changes neither the words nor the speaker."""
    first, second = "Ana Reva, the mayor of Dolna, said the bridge was gone.", "“We have no water,” she said."
    clean, glued = f"{first} {second}", f"{first} Sign up for our newsletter {second}"
    one, other = reading_of(clean), reading_of(glued)
    assert [words_of(one, s.words) for s in one.statements] == [words_of(other, s.words) for s in other.statements]
    assert [s.source for s in one.statements] == [s.source for s in other.statements]
