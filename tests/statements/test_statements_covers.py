"""How far a denial, a caveat or a silence reaches, the same for whichever side speaks."""

from __future__ import annotations

import pytest

from tests.rows.reads import reading_of, told

QUIET = ("denies", "cannot_verify", "no_comment")


def _covered(text: str) -> tuple[set[str], str | None]:
    """The words that the last denial, caveat or silence reaches, each by its statement's first five words."""
    reading = reading_of(text)
    by_id = {one.id: one for one in reading.statements}
    events = {event.id: {t.statement for t in event.told if t.status != "denied"} for event in reading.events}
    last = [one for one in reading.statements if one.act in QUIET or one.covers][-1]
    ids = {teller for name in last.covers for teller in events.get(name, {name})}
    words = {reading.page.report.text[by_id[i].words[0].start :].split(",")[0].split(".")[0] for i in ids if i in by_id}
    return {" ".join(word.split()[:3]) for word in words}, last.reach


# Each row: why, the text with A and B for the two sides, the first three words of each statement reached, the reach.
SIDES = [
    ("a denial of a deed reaches who told it",
     "{A} officials said {b} guns shelled the mill in Turin. {B}'s army denied shelling the mill.",
     {"{b} guns shelled"}, "specific"),
    ("a denial of the charge reaches the charge",
     "{A}'s army said the harvest was in. {A}'s army accused {B} of shelling a school. {B} denied the charge.",
     {"{B} of shelling"}, "specific"),
    ("the deed told beside the charge is denied with it",
     "{A}'s army blamed {B}, saying {b} jets had bombed the bridge. {B} rejected the allegation.",
     {"{b} jets had"}, "specific"),
    ("a denial that points reaches the charge and not a call",
     "{A}'s army said {b} troops shelled a clinic. {A}'s army demanded that the UN condemn the attack. {B} denied it.",
     {"{b} troops shelled"}, "specific"),
    ("a standing denial reaches the last allegation against the one who denies",
     "{A}'s ministry said six houses burned. {A}'s ministry said {b} troops had killed nine civilians. "
     "{B} has always denied targeting civilians.",
     {"{b} troops had"}, "general"),
    ("a denial without the verb reaches the deed",
     "{A}'s army said {b} drones hit a substation near Nice. {B}'s army said it had not attacked the substation.",
     {"{b} drones hit"}, "specific"),
    ("a denial that leaves something is one",
     "{A}'s army said {b} troops shelled a village. {B}'s army said it fired only at trenches.",
     {"{b} troops shelled"}, "specific"),
    ("having had nothing to do with it is a denial",
     "{A}'s army said {b} agents bombed a train. {B}'s army said it had nothing to do with it.",
     {"{b} agents bombed"}, "specific"),
    ("a report that is called a lie is answered",
     "{A}'s army said {b} troops shelled a clinic. {B}'s army called these reports a lie.",
     {"{b} troops shelled"}, "specific"),
    ("a caveat on one side's statement",
     "{A}'s ministry said nine tanks were burned. {B}'s ministry said two were. "
     "Northwire could not verify {a} statements.",
     {"nine tanks were"}, "specific"),
    ("a caveat on whose figures",
     "{A}'s ministry said 40 soldiers were killed. {B}'s ministry said 12 soldiers were killed. "
     "Northwire could not verify {B}'s figures.",
     {"12 soldiers were"}, "specific"),
    ("a caveat on both",
     "{A}'s ministry said {b} guns shelled a market. {B}'s ministry said {a} guns shelled it. "
     "Northwire could not verify either claim.",
     {"{b} guns shelled", "{a} guns shelled"}, "specific"),
    ("a caveat on neither, told from the claims",
     "{A}'s ministry said {b} guns shelled a market. {B}'s ministry said {a} guns shelled it. "
     "Neither claim could be independently verified.",
     {"{b} guns shelled", "{a} guns shelled"}, "specific"),
    ("a caveat on the fighting reaches all that tell of it and not the talks",
     "{A}'s army said it had shelled two depots. {B}'s army said it had shot down nine drones. "
     "{A}'s president said talks would resume. Northwire could not verify the battlefield reports.",
     {"it had shelled", "it had shot"}, "general"),
    ("a silence reaches what charges the silent one",
     "{A}'s army said {b} jets bombed a hospital. There was no immediate comment from {B}.",
     {"{b} jets bombed"}, None),
    ("a refusal to comment on a report reaches the report",
     "{A}'s army said {b} jets bombed a hospital. {B} declined to comment on the report.",
     {"{b} jets bombed"}, None),
    ("an earlier denial is no charge",
     "{A}'s army said {b} jets bombed a hospital. {B}'s army said it had not bombed any hospital.",
     {"{b} jets bombed"}, "specific"),
]  # fmt: skip
PAIRS = [("France", "French", "Italy", "Italian"), ("Italy", "Italian", "France", "French")]
ROWS = [(why, text, words, reach, pair) for why, text, words, reach in SIDES for pair in PAIRS]


@pytest.mark.parametrize(
    ("text", "words", "reach", "pair"), [row[1:] for row in ROWS], ids=[f"{row[0]}-{row[4][0]}" for row in ROWS]
)
def test_reach_is_the_same_for_both_sides(text: str, words: set[str], reach: str | None, pair: tuple[str, ...]) -> None:
    names = dict(zip("AaBb", pair, strict=True))
    text = text.format(**names)
    assert _covered(text) == ({word.format(**names) for word in words}, reach), told(reading_of(text))


# Each row: why, the text, the first three words of each statement reached.
REACHES = [
    ("a caveat on a place reaches what was told of it",
     "Residents said shells fell on Odesa. Officials said a bridge in Kharkiv had been bombed. "
     "Northwire was unable to verify the accounts from Odesa.",
     {"shells fell on"}),
    ("a caveat on casualty figures reaches who counts",
     "A clinic said nine people were killed. A teacher said the school was closed. "
     "Northwire could not independently verify the casualty figures.",
     {"nine people were"}),
    ("a caveat on who fired reaches who tells of firing",
     "The mayor said shells fired from the hills hit a camp. A nurse said the wards were full. "
     "Northwire could not establish who had fired.",
     {"shells fired from"}),
    ("a caveat on a clip reaches the clip",
     "The mayor said the bridge was gone. A video shared by a villager showed smoke over the mill. "
     "Northwire could not confirm where it was filmed.",
     {"smoke over the"}),
    ("a caveat on this report reaches the last one",
     "The mayor said the bridge was gone. The governor said the dam had burst. Northwire could not verify the report.",
     {"the dam had"}),
    ("a caveat stays in its own story",
     "NORTH\n\nThe mayor said shells hit the mill.\n\nSOUTH\n\nThe governor said shells hit the dam. "
     "Northwire could not verify the report.",
     {"shells hit the"}),
    ("a silence on a claim of responsibility reaches nothing",
     "The mayor said a bomb killed nine people. There was no immediate claim of responsibility.", set()),
    ("what was left out of a speech reaches nothing",
     "The mayor said shells hit the mill. The minister did not mention the mill.", set()),
    ("a remark that is dismissed is no deed denied",
     "The envoy said soldiers had died in the camps. The minister dismissed the remark as an idle tale.", set()),
    ("what will not be done is no denial",
     "The envoy said French troops shelled the mill. Italy said it would not fire first.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), [row[1:] for row in REACHES], ids=[row[0] for row in REACHES])
def test_reach(text: str, words: set[str]) -> None:
    reading = reading_of(text)
    if words:
        assert _covered(text)[0] == words, told(reading)
    else:
        assert not reading.statements[-1].covers, told(reading)


@pytest.mark.parametrize("adverb", ["always", "repeatedly", "consistently"])
def test_a_denial_of_long_standing_is_general(adverb: str) -> None:
    reading = reading_of(f"The envoy said French troops shelled a mill. France {adverb} denied shelling civilians.")
    assert reading.statements[-1].reach == "general"


def test_a_denial_with_a_day_is_of_one_deed() -> None:
    reading = reading_of(
        "The envoy said French troops shelled the mill in Turin. France has denied shelling the mill on Tuesday."
    )
    assert reading.statements[-1].reach == "specific"
