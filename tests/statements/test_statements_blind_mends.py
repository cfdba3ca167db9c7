"""What three sets of composed reports, read blind, showed to be missing; each for both sides alike."""

from __future__ import annotations

import pytest

from sayso.record import Statement
from tests.rows.reads import reading_of, words_of

PAIRS = (("French", "Italian", "France", "Italy"), ("Italian", "French", "Italy", "France"))
FORMS = ("{a}", "{b}", "{A}", "{B}")


def _sided(text: str, sides: tuple[str, ...]) -> str:
    for form, name in zip(FORMS, sides, strict=True):
        text = text.replace(form, name)
    return text


def _last(text: str) -> tuple[Statement, str, str]:
    """The last statement of a text, its words, and its source's name."""
    reading = reading_of(text)
    one = reading.statements[-1]
    return one, " ".join(words_of(reading, one.words)), next(s.name for s in reading.sources if s.id == one.source)


# Each row: why, the text, act, silence, the words.
TOLD = [
    ("nothing was given, told in the passive",
     "No explanation has been given by the {a} army.",
     "no_comment", "none_yet", "No explanation"),
    ("no statement was made",
     "The {a} army has so far made no public statement on the raid.",
     "no_comment", "none_yet", "no public statement on the raid"),
    ("questions were left lying",
     "The {a} ministry left a list of questions unanswered.",
     "no_comment", "none_yet", "a list of questions unanswered"),
    ("calls were not returned",
     "The {a} ministry did not return calls seeking comment.",
     "no_comment", "none_yet", "return calls seeking comment"),
    ("asked, and not gone into",
     "Asked for figures, the {a} ministry did not elaborate.",
     "no_comment", "none_yet", "elaborate"),
    ("a refusal to say a detail",
     "The {a} army would not say whether any tanks had been lost.",
     "no_comment", "declined", "say whether any tanks had been lost"),
    ("nobody was at the telephone",
     "Our reporters could not reach the {a} governor for comment.",
     "no_comment", "none_yet", "reach the {a} governor for comment"),
    ("the report's own people were kept from the place",
     "We were not able to reach the village.",
     "cannot_verify", None, "reach the village"),
    ("a question that opens with when",
     "Northwire could not establish when the {a} clip was filmed.",
     "cannot_verify", None, "establish when the {a} clip was filmed"),
    ("the channel is not among the words",
     "The {a} brigade claimed responsibility in an email to the Ridge agency.",
     "says", None, "responsibility"),
    ("a statement that was posted still has words",
     "The {a} governor said in a statement posted on Facebook that the bridge was closed.",
     "says", None, "the bridge was closed"),
    ("a speech that was shown still has words",
     "The {a} governor said in a televised speech that the bridge was closed.",
     "says", None, "the bridge was closed"),
    ("the day of speaking is not among the words",
     "The {a} army said Friday the bridge had been closed.",
     "says", None, "the bridge had been closed"),
    ("the finger is pointed",
     "The {a} minister pointed the finger at {B}.",
     "accuses", None, "{B}"),
    ("a charge that is called something is told again",
     "The envoy repeated a charge which {A} has called unfounded.",
     "labels", None, "a charge unfounded"),
    ("a gloss on a place is the report's own",
     "{a} officers said their troops had left Dolna, the town on the river which {b} troops have tried to take.",
     "says", None, "their troops had left Dolna"),
    ("who is cited has the words, not the paper that cites",
     "A cable from an embassy cites {a} officers as having counted nine bodies.",
     "says", None, "having counted nine bodies"),
]  # fmt: skip


@pytest.mark.parametrize("sides", PAIRS, ids=lambda sides: sides[0])
@pytest.mark.parametrize("row", TOLD, ids=[row[0] for row in TOLD])
def test_what_is_told_is_the_same_for_both_sides(
    row: tuple[str, str, str, str | None, str], sides: tuple[str, ...]
) -> None:
    _, text, act, silence, words = row
    one, said, _ = _last(_sided(text, sides))
    wanted = _sided(words, sides)
    assert (one.act, one.silence, said) == (act, silence, wanted)


# Each row: why, the text, who speaks last, and what.
SPEAKERS = [
    ("the second side is not an object of the first verb",
     "{A} rejected the accusation and {B} denied supporting the rebels.", "{B}", "supporting the rebels"),
    ("a verb behind a promise goes on with the one who promised",
     "The {a} envoy vowed that the group would not leave and asked whether the king had read the deal.",
     "The {a} envoy", "whether the king had read the deal"),
    ("one end belongs to both who blame",
     "{A} blames {B}, and {B} blames {A}, for the fire.", "{B}", "{A} for the fire"),
    ("who is quoted as saying has the words",
     "The paper quoted a {a} officer as saying that soldiers had been the target.",
     "a {a} officer", "soldiers had been the target"),
]  # fmt: skip


@pytest.mark.parametrize("sides", PAIRS, ids=lambda sides: sides[0])
@pytest.mark.parametrize("row", SPEAKERS, ids=[row[0] for row in SPEAKERS])
def test_who_speaks_last_is_the_same_for_both_sides(row: tuple[str, str, str, str], sides: tuple[str, ...]) -> None:
    _, text, who, words = row
    _, said, name = _last(_sided(text, sides))
    assert (name, said) == (_sided(who, sides), _sided(words, sides))


@pytest.mark.parametrize("sides", PAIRS, ids=lambda sides: sides[0])
def test_sides_that_are_named_before_colons_speak_in_turn(sides: tuple[str, ...]) -> None:
    text = (
        "Rome: {a} shells hit a house, killing five. Paris: {b} guards opened fire. Neither account can be confirmed."
    )
    found = reading_of(_sided(text, sides)).statements
    assert [one.act for one in found] == ["says", "says", "cannot_verify"]
    assert found[-1].covers == ("st1", "st2")


@pytest.mark.parametrize("text", ["Weather: rain fell all day. The mill stood still.", "Correction: the road is open."])
def test_a_rubric_before_a_colon_is_nobody(text: str) -> None:
    """Only two names in one paragraph are sides in turn."""
    assert not [one for one in reading_of(text).statements if one.found_by.startswith("label")]


# Each row: why, the text, the kinds of channel of the last statement.
CHANNELS = [
    ("behind a title and a name", "“We stay,” said the ombudsman, Ann Lee, at a news conference in Turin.",
     ["press_conference"]),
    ("between the thing and what it is called", "The {a} spokesman dismissed the number on Telegram as invention.",
     ["messaging"]),
    ("a message that speaks", "An audio message going round on WhatsApp claimed the raids.", ["audio", "messaging"]),
    ("how somebody was asked", "A former {a} adviser, interviewed twice in Turin, claimed to have heard it.",
     ["interview"]),
    ("our own outlet is none",
     "The Ridge Courier has been unable to authenticate it. “We left,” a {a} nurse told the Ridge Courier.", []),
]  # fmt: skip


@pytest.mark.parametrize("sides", PAIRS, ids=lambda sides: sides[0])
@pytest.mark.parametrize("row", CHANNELS, ids=[row[0] for row in CHANNELS])
def test_channels_beside_the_cue(row: tuple[str, str, list[str]], sides: tuple[str, ...]) -> None:
    one, _, _ = _last(_sided(row[1], sides))
    assert [via.kind for via in one.via] == row[2]


# Each row: why, the text, which statements the last one reaches.
REACH = [
    ("a number is dismissed", "The {a} army put {b} losses at 19. The {b} army dismissed the number as invention.",
     ("st1",)),
    ("insinuations are rejected",
     "The {a} army said {b} guns shelled the mill. The {b} army rejected these insinuations.",
     ("st1",)),
    ("such a thing is denied",
     "The {a} governor alleged that incendiary weapons had been used. The {b} army has denied possessing such weapons.",
     ("st1",)),
    ("no comment on that",
     "The {a} army said nine {b} soldiers were missing. A {b} spokesman declined to comment on that.",
     ("st1",)),
]  # fmt: skip


@pytest.mark.parametrize("sides", PAIRS, ids=lambda sides: sides[0])
@pytest.mark.parametrize("row", REACH, ids=[row[0] for row in REACH])
def test_how_far_the_last_one_reaches(row: tuple[str, str, tuple[str, ...]], sides: tuple[str, ...]) -> None:
    reading = reading_of(_sided(row[1], sides))
    told = {event.id: {t.statement for t in event.told if t.status != "denied"} for event in reading.events}
    reached = {teller for name in reading.statements[-1].covers for teller in told.get(name, {name})}
    assert reached == set(row[2])
