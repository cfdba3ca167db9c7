"""Words of time inside a quotation, counted from the day its speaker spoke, where the report tells that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.grounding.stretches import stretches
from sayso.grounding.times.find import find_moments
from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse
from sayso.record import Grounds, Moment, Page, Published, Spoken, Statement
from sayso.values import moment as calendar

ON_A_DAY = ("day", "part_of_day", "hour", "minute")


def with_utterances(page: Page, parse: Parse, grounds: Grounds, spoken: Spoken, knowledge: Knowledge) -> Grounds:
    """The grounds with "today" in a quotation counted from when it was said; else it stays open.

    `relative_to` names the moment told for the utterance.
    """
    open_moments = [moment for moment in grounds.moments if moment.relative_to == "utterance"]
    told = {moment.id: moment for moment in grounds.moments if moment.granularity in ON_A_DAY and moment.earliest}
    said = [(one, told[one.said_at]) for one in spoken.statements if one.said_at in told]
    settled: dict[str, Moment] = {}
    for statement, when in said:
        inside = [moment for moment in open_moments if _is_said(moment, statement)]
        if inside:
            settled |= _counted_from(when, inside, page, parse, knowledge)
    if not settled:
        return grounds
    return replace(grounds, moments=tuple(settled.get(moment.id, moment) for moment in grounds.moments))


def _is_said(moment: Moment, statement: Statement) -> bool:
    return any(words.start <= moment.span.start and moment.span.end <= words.end for words in statement.words)


def _counted_from(
    when: Moment, inside: Sequence[Moment], page: Page, parse: Parse, knowledge: Knowledge
) -> dict[str, Moment]:
    day = calendar.parsed_day(when.earliest or "")
    if day is None:
        return {}
    whole = calendar.day(day)
    as_of = Published(whole.earliest, whole.latest, "given")
    found = find_moments(page, stretches(page, parse), as_of, knowledge, said=True)
    known = {moment.span: moment for moment in found}
    return {
        moment.id: replace(known[moment.span], id=moment.id, relative_to=when.id)
        for moment in inside
        if moment.span in known and moment.id != when.id
    }
