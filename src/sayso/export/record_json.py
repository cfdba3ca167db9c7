"""A reading as the JSON object of the contract: every key in its order, absent is null or []."""

from __future__ import annotations

import json
import re
from typing import Any

from sayso.record import (
    FORMAT,
    Addressee,
    Basis,
    Channel,
    Check,
    Condition,
    Count,
    Cut,
    Dateline,
    Event,
    EventPlace,
    Explained,
    Interval,
    Moment,
    Named,
    Obtained,
    Party,
    Place,
    Problem,
    Published,
    Quantity,
    Quotation,
    Reading,
    Restated,
    Section,
    Source,
    Span,
    Statement,
    Told,
)

Json = dict[str, Any]
SPAN_LINES = re.compile(r"\[\n *(\d+),\n *(\d+)\n *\]")


def as_json(reading: Reading) -> Json:
    """The whole reading as one object of plain dictionaries, lists, strings and numbers."""
    page, grounds = reading.page, reading.grounds
    explained = {"explained": _explained(reading.explained)} if reading.explained is not None else {}
    return {
        "format": FORMAT,
        "sayso": reading.sayso,
        "path": page.report.path,
        "problems": [_problem(problem) for problem in reading.problems],
        "report": _report(reading),
        "text": page.report.text,
        "cuts": [_cut(cut) for cut in page.cuts],
        "sections": [_section(section) for section in page.sections],
        "sentences": _spans(page.sentences),
        "quotations": [_quotation(quotation) for quotation in reading.quotations],
        "sources": [_source(source) for source in reading.sources],
        "statements": [_statement(statement) for statement in reading.statements],
        "events": [_event(event) for event in reading.events],
        "places": [_place(place) for place in grounds.places],
        "moments": [_moment(moment) for moment in grounds.moments],
        "quantities": [_quantity(quantity) for quantity in grounds.quantities],
        "checks": [_check(check) for check in reading.checks],
        **explained,
    }


def _explained(explained: Explained) -> Json:
    return {
        "events": [
            {"event": one.event, "span": _span(one.span), "row": one.row, "says": one.says} for one in explained.events
        ],
        "passed": [
            {
                "span": _span(one.span),
                "sentence": _span(one.sentence),
                "kind": one.kind,
                "why": one.why,
                "row": one.row,
                "says": one.says,
            }
            for one in explained.passed
        ],
    }


def as_line(reading: Reading) -> str:
    """The whole reading as one line of JSON."""
    return dumped(as_json(reading))


def dumped(value: Json, *, pretty: bool = False) -> str:
    """JSON as text: on one line, or `pretty` for people, with short lists (spans) kept on one line."""
    if not pretty:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return SPAN_LINES.sub(r"[\1, \2]", text)


def refused_json(path: str | None, problem: Problem) -> Json:
    """A file that could not be read, as a line among readings."""
    return {"format": FORMAT, "path": path, "problem": {"kind": problem.kind, "says": problem.says}}


def _report(reading: Reading) -> Json:
    page = reading.page
    report = page.report
    return {
        "id": report.id,
        "text_sha256": report.text_sha256,
        "media_type": report.media_type,
        "language": page.language,
        "obtained": _obtained(report.obtained),
        "title": _named(page.title),
        "url": page.url,
        "publisher": _named(page.publisher),
        "agencies": _names(page.agencies),
        "writers": _names(page.writers),
        "editors": _names(page.editors),
        "contributors": _names(page.contributors),
        "dateline": _dateline(_known_dateline(reading)),
        "published": _published(_known_date(reading)),
        "condition": [_condition(sign) for sign in page.condition],
    }


def _known_dateline(reading: Reading) -> Dateline | None:
    """The dateline as grounding knows it, else as the page has it."""
    return reading.grounds.dateline or reading.page.dateline


def _known_date(reading: Reading) -> Published:
    """The date of publication as grounding knows it, else as the page has it."""
    return reading.grounds.published or reading.page.published


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _number(number: float | None) -> float | None:
    """A whole number prints as one: 9000, not 9000.0."""
    return int(number) if number is not None and float(number).is_integer() else number


def _problem(problem: Problem) -> Json:
    return {"kind": problem.kind, "says": problem.says, "span": _span(problem.span)}


def _obtained(obtained: Obtained) -> Json:
    return {"how": obtained.how, "encoding": obtained.encoding, "by": obtained.by}


def _named(named: Named | None) -> Json | None:
    return None if named is None else {"name": named.name, "span": _span(named.span), "basis": named.basis}


def _names(names: tuple[Named, ...]) -> list[Json | None]:
    return [_named(named) for named in names]


def _dateline(dateline: Dateline | None) -> Json | None:
    if dateline is None:
        return None
    return {"span": _span(dateline.span), "place": dateline.place, "moment": dateline.moment}


def _published(published: Published) -> Json:
    return {
        "earliest": published.earliest,
        "latest": published.latest,
        "basis": published.basis,
        "spans": _spans(published.spans),
    }


def _condition(sign: Condition) -> Json:
    return {"kind": sign.kind, "spans": _spans(sign.spans), "says": sign.says}


def _cut(cut: Cut) -> Json:
    return {"span": _span(cut.span), "why": cut.why}


def _section(section: Section) -> Json:
    return {"id": section.id, "heading": _span(section.heading), "span": _span(section.span)}


def _quotation(quotation: Quotation) -> Json:
    return {
        "span": _span(quotation.span),
        "statement": quotation.statement,
        "why_unread": quotation.why_unread,
    }


def _source(source: Source) -> Json:
    return {
        "id": source.id,
        "name": source.name,
        "naming": source.naming,
        "plural": source.plural,
        "members": list(source.members),
        "role": source.role,
        "party": source.party,
        "party_basis": _basis(source.party_basis),
        "private": source.private,
        "mentions": _spans(source.mentions),
        "also": list(source.also),
        "ties": [{"name": tie.name, "why": tie.why} for tie in source.ties],
    }


def _basis(basis: Basis | None) -> Json | None:
    return None if basis is None else {"span": _span(basis.span), "row": basis.row}


def _statement(statement: Statement) -> Json:
    return {
        "id": statement.id,
        "source": statement.source,
        "act": statement.act,
        "silence": statement.silence,
        "quotation": statement.quotation,
        "wording": statement.wording,
        "words": _spans(statement.words),
        "cue": _span(statement.cue),
        "who": _span(statement.who),
        "via": [_channel(channel) for channel in statement.via],
        "to": [_addressee(addressee) for addressee in statement.to],
        "said_at": statement.said_at,
        "said_where": statement.said_where,
        "within": statement.within,
        "covers": list(statement.covers),
        "reach": statement.reach,
        "hedges": _spans(statement.hedges),
        "doubts": list(statement.doubts),
        "found_by": statement.found_by,
    }


def _channel(channel: Channel) -> Json:
    return {"kind": channel.kind, "name": channel.name, "span": _span(channel.span)}


def _addressee(addressee: Addressee) -> Json:
    return {"span": _span(addressee.span), "source": addressee.source}


def _event(event: Event) -> Json:
    return {
        "id": event.id,
        "kind": event.kind,
        "plover": event.plover,
        "acled": event.acled,
        "trigger": _span(event.trigger),
        "also": _spans(event.also),
        "told": [_told(told) for told in event.told],
        "status": event.status,
        "background": event.background,
        "agents": [_agent(agent) for agent in event.agents],
        "targets": [{**_agent(target), "group": target.group} for target in event.targets],
        "weapons": _spans(event.weapons),
        "places": [_event_place(place) for place in event.places],
        "when": event.when,
        "counts": [_count(count) for count in event.counts],
        "doubts": list(event.doubts),
        "found_by": event.found_by,
    }


def _told(told: Told) -> Json:
    return {"statement": told.statement, "status": told.status}


def _agent(agent: Party) -> Json:
    return {
        "span": _span(agent.span),
        "source": agent.source,
        "party": agent.party,
        "inferred": agent.inferred,
        "told": list(agent.told),
    }


def _event_place(place: EventPlace) -> Json:
    return {"place": place.place, "role": place.role}


def _count(count: Count) -> Json:
    return {"quantity": count.quantity, "of": count.of, "whom": _span(count.whom), "told": list(count.told)}


def _place(place: Place) -> Json:
    return {
        "id": place.id,
        "span": _span(place.span),
        "name": place.name,
        "geonames": place.geonames,
        "lat": place.lat,
        "lon": place.lon,
        "level": place.level,
        "country": place.country,
        "region": place.region,
        "inside": list(place.inside),
        "same_as": place.same_as,
        "radius_km": _number(place.radius_km),
        "use": place.use,
        "disputed": list(place.disputed),
        **({"placed_by": place.placed_by} if place.placed_by else {}),
    }


def _moment(moment: Moment) -> Json:
    return {
        "id": moment.id,
        "span": _span(moment.span),
        "type": moment.type,
        "timex": moment.timex,
        "mod": moment.mod,
        "earliest": moment.earliest,
        "latest": moment.latest,
        "granularity": moment.granularity,
        "zone": moment.zone,
        "alternatives": [_interval(interval) for interval in moment.alternatives],
        "relative_to": moment.relative_to,
    }


def _interval(interval: Interval) -> Json:
    return {"earliest": interval.earliest, "latest": interval.latest}


def _quantity(quantity: Quantity) -> Json:
    return {
        "id": quantity.id,
        "span": _span(quantity.span),
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "low_open": quantity.low_open,
        "high_open": quantity.high_open,
        "approximate": quantity.approximate,
        "unit": quantity.unit,
        "of": _span(quantity.of),
        "role": quantity.role,
        "part_of": quantity.part_of,
        "replaces": quantity.replaces,
        "restated": _restated(quantity.restated),
    }


def _restated(restated: Restated | None) -> Json | None:
    if restated is None:
        return None
    return {"span": _span(restated.span), "value": _number(restated.value), "unit": restated.unit}


def _check(check: Check) -> Json:
    return {"kind": check.kind, "holds": check.holds, "spans": _spans(check.spans), "says": check.says}
