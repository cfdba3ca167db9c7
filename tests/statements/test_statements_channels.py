"""What words came through, where and when they were said."""

from __future__ import annotations

import pytest

from tests.rows.reads import reading_of, told

# Each row: why, the text, the kinds of channel of its last statement from the speaker outward.
CHANNELS = [
    ("a post on a network is one channel", "The envoy said in a post on X that the truce was over.", ["social_post"]),
    ("a platform before a full stop", "“They hide among the people,” the envoy wrote on X. He left.",
     ["social_post"]),
    ("remarks shown are what they were shown on",
     "“The town is lost,” the general told troops in remarks aired on state television.", ["broadcast"]),
    ("a statement put on a network is there",
     "Nine men had died, the garrison said in a statement posted on Facebook.", ["social_post"]),
    ("a video is a channel, and where it was put another",
     "In a video posted on Telegram, the commander said his men had left.", ["video", "messaging"]),
    ("a video speech was seen", "“We will stay,” the president said in a video speech on Monday.", ["video"]),
    ("a televised speech was broadcast", "The town was lost, the president said in a televised speech.",
     ["broadcast"]),
    ("a letter put forth is the channel, not the speaker",
     "The rebels issued a statement saying they had left the town.", ["written_statement"]),
    ("a minister's report is his channel", "The ministry's report said nine wells were dry.", ["document"]),
    ("a report of nobody's is itself the speaker", "A leaked report said nine wells were dry.", []),
    ("footage that shows is a video", "Drone footage showed two cranes on fire.", ["video"]),
    ("satellite pictures are no video", "Satellite images showed two cranes on fire.", []),
    ("an outlet told is a channel", "The mayor told Radio Dolna that the clinic was full.", ["outlet"]),
    ("a phone call to an outlet is a chain", "The mayor told Radio Dolna by phone that the clinic was full.",
     ["outlet", "call"]),
    ("reporters are nobody's outlet", "The mayor told reporters that the clinic was full.", []),
    ("a parliament is no outlet", "The minister told parliament that the clinic was full.", []),
    ("a news conference told is a channel", "The minister told a news conference that the clinic was full.",
     ["press_conference"]),
    ("who was reached by phone", "A driver reached by phone said the road was mined.", ["call"]),
    ("who went on television to say it", "The spokesman went on state television, saying the town was lost.",
     ["broadcast"]),
    ("an outlet that cites hands the words on", "Ridge News, citing an unnamed officer, said nine men were shot.",
     ["outlet"]),
    ("an outlet that quotes hands the words on",
     "The commander was quoted by the state agency Ridge News as saying his men had left.", ["outlet"]),
    ("the account that speaks was put on its network",
     "The Telegram channel Ridge Live said the mill was on fire.", ["messaging"]),
    ("a day after an interview is no outlet", "He told the BBC in an interview on Friday that he would stay.",
     ["outlet", "interview"]),
    ("words at a meeting", "“They shot at us,” the mayor said at a meeting with farmers.", ["other"]),
    ("a meeting that tells when is no channel", "They agreed on a truce in their first meeting, he said.", []),
    ("this outlet is no channel where another is",
     "DOLNA, May 4 (Reuters) - “We have no water,” Ana Reva told Reuters by phone.", ["call"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kinds"), [row[1:] for row in CHANNELS], ids=[row[0] for row in CHANNELS])
def test_the_chain_of_channels(text: str, kinds: list[str]) -> None:
    reading = reading_of(text)
    assert [via.kind for via in reading.statements[-1].via] == kinds, told(reading)


# Each row: why, the text, and the time and place of its speaking.
SETTINGS = [
    ("a day and a town beside the cue", "The envoy said in Geneva on Friday that the truce had failed.",
     "Friday", "Geneva"),
    ("a day and a town before it", "On Tuesday in Berlin, Ana Reva said that the bridge was gone.",
     "Tuesday", "Berlin"),
    ("speaking in a town", "Speaking in Geneva on Tuesday, the envoy Pavel Orlo warned that the truce was over.",
     "Tuesday", "Geneva"),
    ("a town of what is said is not where it was said", "The ministry said nine men had died in Kharkiv on Monday.",
     None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "town"), [row[1:] for row in SETTINGS], ids=[row[0] for row in SETTINGS])
def test_when_and_where_it_was_said(text: str, day: str | None, town: str | None) -> None:
    reading = reading_of(text)
    said = reading.statements[-1]
    days = {one.id: text[one.span.start : one.span.end] for one in reading.grounds.moments}
    towns = {one.id: text[one.span.start : one.span.end] for one in reading.grounds.places}
    assert (days.get(said.said_at or ""), towns.get(said.said_where or "")) == (day, town), told(reading)
