"""A case as CSV: a table a file, UTF-8, a header in each; lists are joined by "; ", what is unknown is empty."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from sayso.accounts.tellings import sayings
from sayso.export.exporting import File, Whole, whole_file
from sayso.ledger.asking.reports import standings_in

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.ledger.asking.answers import IncidentPage, ReportPage, ReportRow
    from sayso.record import Anchor, Cell, Figure, Quoted, Saying, Stated, Teller, Telling, When

COLUMNS: dict[str, tuple[str, ...]] = {
    "reports": (
        "report", "title", "publisher", "published_earliest", "published_latest", "published_basis", "url", "language",
        "words", "added_at", "families", "copied_how", "copied_from",
    ),
    "statements": (
        "report", "statement", "speaker", "naming", "role", "party", "private", "act", "silence", "reach", "quotation",
        "channels", "relayed_by", "said_earliest", "said_latest", "words", "words_start", "words_end", "who",
        "who_start", "who_end", "cue", "cue_start", "cue_end", "hedges", "ruled",
    ),
    "tellings": (
        "incident", "report", "event", "kind", "plover", "acled", "status", "background", "teller", "teller_party",
        "statement", "act", "teller_status", "trigger", "trigger_start", "trigger_end", "sentence", "sentence_start",
        "sentence_end", "place", "place_level", "lat", "lon", "radius_km", "country", "region", "earliest", "latest",
        "when_said", "agents", "targets", "weapons", "figures",
    ),
    "incidents": (
        "incident", "headline", "kind", "earliest", "latest", "place", "place_level", "lat", "lon", "radius_km",
        "country", "region", "did_not_happen", "counter", "origins", "outside", "witnesses", "newsrooms", "unknown",
        "denials", "could_not_verify", "silences", "reports", "copies",
    ),
    "origins": (
        "incident", "origin", "name", "naming", "position", "basis", "role", "party", "private", "channels",
        "said_earliest", "said_latest", "status", "report", "sentence", "sentence_start", "sentence_end", "copies",
    ),
    "accounts": (
        "incident", "origin", "field", "of", "says", "low", "high", "low_open", "high_open", "approximate", "unit",
        "said_at", "superseded", "report", "words", "start", "end",
    ),
    "matrix": ("incident", "field", "of", "origin", "verdict", "says", "against", "report", "words", "start", "end"),
}  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = dict[str, Any]


def write(whole: Whole, folder: Path) -> list[File]:
    """One file a table."""
    chosen = whole.selection
    with ExitStack() as stack:
        tables = {
            name: _Table(stack, folder / f"{name}.csv", chosen.fields(name, columns), whole.told)
            for name, columns in COLUMNS.items()
            if chosen.has(name)
        }
        for sort, nouns in ((OF_REPORTS, whole.reports), (OF_INCIDENTS, whole.incidents)):
            wanted = [name for name in sort if name in tables]
            for noun in nouns() if wanted else ():
                for name in wanted:
                    tables[name].add(sort[name](noun))
    return [File(table.path, table.rows) for table in tables.values()]


def rows(whole: Whole, table: str) -> Iterator[Row]:
    """The rows of one table as they are written, with its columns."""
    columns = whole.selection.fields(table, COLUMNS[table])
    is_of_reports = table in OF_REPORTS
    sort = OF_REPORTS if is_of_reports else OF_INCIDENTS
    for noun in whole.reports() if is_of_reports else whole.incidents():
        for row in sort[table](noun):
            yield _as_written(row, columns, whole.told)


def _as_written(row: Row, columns: Sequence[str], told: Callable[[Any], Any]) -> Row:
    return {name: as_cell(told(row.get(name))) for name in columns}


class _Table:
    def __init__(self, stack: ExitStack, path: Path, columns: tuple[str, ...], told: Callable[[Any], Any]) -> None:
        self.path, self.rows, self._columns, self._told = path, 0, columns, told
        made = stack.enter_context(whole_file(path))
        file = stack.enter_context(made.open("w", encoding="utf-8", errors="backslashreplace", newline=""))
        self._writer = csv.DictWriter(file, columns, lineterminator="\r\n")
        self._writer.writeheader()

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._writer.writerow(_as_written(row, self._columns, self._told))
            self.rows += 1


def as_cell(value: Any) -> Any:
    """A value as it stands in a cell; text of a report must not be run by a spreadsheet."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def _joined(values: Iterable[str | None]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def report_row(page: ReportPage) -> Row:
    """A report as a row of `COLUMNS["reports"]`."""
    mine = [member for family in page.families for member in family.members if member.report == page.row.id]
    return {
        **listed_row(page.row),
        "families": _joined(family.id for family in page.families),
        "copied_how": _joined(member.how for member in mine),
        "copied_from": _joined(member.of for member in mine),
    }


def listed_row(row: ReportRow) -> Row:
    """What of it a list knows."""
    return {
        "report": row.id,
        "title": row.title,
        "publisher": row.publisher,
        "published_earliest": row.published.earliest,
        "published_latest": row.published.latest,
        "published_basis": row.published.basis,
        "url": row.url,
        "language": row.language,
        "words": row.words,
        "added_at": row.added_at,
    }


def _stretch(name: str, quoted: tuple[Quoted, ...]) -> Row:
    first, last = (quoted[0].span.start, quoted[-1].span.end) if quoted else (None, None)
    return {name: " … ".join(one.words for one in quoted), f"{name}_start": first, f"{name}_end": last}


def _one(quoted: Quoted | None) -> tuple[Quoted, ...]:
    return (quoted,) if quoted else ()


def _times(prefix: str, when: When | None) -> Row:
    return {f"{prefix}earliest": when.earliest if when else None, f"{prefix}latest": when.latest if when else None}


def statement_rows(page: ReportPage) -> Iterator[Row]:
    """The statements of a report as rows of `COLUMNS["statements"]`, as people corrected them."""
    ruled = standings_in(page)
    for saying in sayings(page.reading):
        yield {**statement_row(page.row.id, saying), "ruled": ruled.get(saying.statement)}


def statement_row(report: str, saying: Saying) -> Row:
    """A statement as a row of `COLUMNS["statements"]`, without what was ruled of it."""
    speaker = saying.speaker
    return {
        "report": report,
        "statement": saying.statement,
        "speaker": speaker.name,
        "naming": speaker.naming,
        "role": speaker.role,
        "party": speaker.party,
        "private": speaker.private,
        "act": saying.act,
        "silence": saying.silence,
        "reach": saying.reach,
        "quotation": saying.quotation,
        "channels": _joined(f"{one.kind}: {one.name}" if one.name else one.kind for one in saying.via),
        "relayed_by": _joined(one.name for one in saying.relayed_by),
        **_times("said_", saying.when),
        **_stretch("words", saying.words),
        **_stretch("who", _one(speaker.who)),
        **_stretch("cue", _one(saying.cue)),
        "hedges": _joined(one.words for one in saying.hedges),
    }


def _tellings(page: IncidentPage) -> Iterator[Row]:
    for telling in page.incident.tellings:
        for teller in telling.tellers or (None,):
            yield {**_telling(page, telling), **_teller(telling, teller)}


def _telling(page: IncidentPage, telling: Telling) -> Row:
    where = next((place for place in telling.places if place.role == "at"), None)
    return {
        "incident": page.incident.id,
        "report": telling.report,
        "event": telling.event,
        "kind": telling.kind,
        "plover": telling.plover,
        "acled": telling.acled,
        "status": telling.status,
        "background": telling.background,
        **_stretch("trigger", (telling.trigger,)),
        **_stretch("sentence", (telling.sentence,)),
        "place": _joined(place.name for place in telling.places),
        "place_level": where and where.level,
        "lat": where and where.lat,
        "lon": where and where.lon,
        "radius_km": where and where.radius_km,
        "country": where and where.country,
        "region": where and where.region,
        **_times("", telling.when),
        "when_said": telling.when.said.words if telling.when and telling.when.said else None,
        "agents": _joined(one.name or one.said.words for one in telling.agents),
        "targets": _joined(one.name or one.said.words for one in telling.targets),
        "weapons": _joined(one.words for one in telling.weapons),
        "figures": _joined(_figure(figure) for figure in telling.figures),
    }


def _teller(telling: Telling, teller: Teller | None) -> Row:
    saying = teller.saying if teller else None
    return {
        "teller": saying.speaker.name if saying else (telling.publisher or "the newsroom"),
        "teller_party": saying.speaker.party if saying else None,
        "statement": saying.statement if saying else None,
        "act": saying.act if saying else None,
        "teller_status": teller.status if teller else None,
    }


def _figure(figure: Figure) -> str:
    return f"{figure.of}: {figure.said.words}"


def _incident(page: IncidentPage) -> Row:
    one, where = page.incident, page.incident.where
    return {
        "incident": one.id,
        "headline": "".join(part.words for part in one.headline),
        "kind": one.kind,
        **_times("", one.when),
        "place": where and where.name,
        "place_level": where and where.level,
        "lat": where and where.lat,
        "lon": where and where.lon,
        "radius_km": where and where.radius_km,
        "country": where and where.country,
        "region": where and where.region,
        "did_not_happen": one.did_not_happen,
        "counter": one.counter.says,
        **{
            name: getattr(one.counter, name)
            for name in (
                "origins", "outside", "witnesses", "newsrooms", "unknown", "denials", "could_not_verify", "silences",
                "reports", "copies",
            )
        },
    }  # fmt: skip


def origin_rows(page: IncidentPage) -> Iterator[Row]:
    """Who tells of an incident, as rows of `COLUMNS["origins"]`."""
    stance = {account.origin: account.status for account in page.incident.accounts}
    for origin in page.incident.origins:
        first = next((one for one in origin.utterances if not one.copied), origin.utterances[0])
        yield {
            "incident": page.incident.id,
            "origin": origin.id,
            "name": origin.name,
            "naming": origin.naming,
            "position": origin.position,
            "basis": origin.basis,
            "role": origin.role,
            "party": origin.party,
            "private": origin.private,
            "channels": _joined(f"{one.kind}: {one.name}" if one.name else one.kind for one in origin.via),
            **_times("said_", origin.when),
            "status": stance.get(origin.id),
            "report": first.anchor.report,
            "sentence": first.anchor.words,
            "sentence_start": first.anchor.span.start,
            "sentence_end": first.anchor.span.end,
            "copies": sum(one.copied for one in origin.utterances),
        }


def account_rows(page: IncidentPage) -> Iterator[Row]:
    """What each origin states, as rows of `COLUMNS["accounts"]`."""
    for account in page.incident.accounts:
        for stated in account.stated:
            yield {"incident": page.incident.id, "origin": account.origin, **_stated(stated), **_at(stated.anchor)}


def _stated(stated: Stated) -> Row:
    quantity = stated.quantity
    return {
        "field": stated.field,
        "of": stated.of,
        "says": stated.says,
        **{
            name: getattr(quantity, name) if quantity else None
            for name in ("low", "high", "low_open", "high_open", "approximate", "unit")
        },
        "said_at": stated.at,
        "superseded": stated.superseded,
    }


def matrix_rows(page: IncidentPage) -> Iterator[Row]:
    """How each origin stands to the others, as rows of `COLUMNS["matrix"]`."""
    for cell in page.incident.matrix:
        yield from _cells(page.incident.id, cell)


def _cells(incident: str, cell: Cell) -> Iterator[Row]:
    """A row for each stretch that shows a cell's verdict; one without any for a silent one."""
    told = {
        "incident": incident,
        "field": cell.field,
        "of": cell.of,
        "origin": cell.origin,
        "verdict": cell.verdict,
        "says": cell.says,
        "against": _joined(cell.against),
    }
    for anchor in cell.anchors or (None,):
        yield {**told, **_at(anchor)}


def _at(anchor: Anchor | None) -> Row:
    if anchor is None:
        return {"report": None, "words": None, "start": None, "end": None}
    return {"report": anchor.report, "words": anchor.words, "start": anchor.span.start, "end": anchor.span.end}


OF_REPORTS: Mapping[str, Callable[[Any], Iterable[Row]]] = {
    "reports": lambda page: [report_row(page)],
    "statements": statement_rows,
}
OF_INCIDENTS: Mapping[str, Callable[[Any], Iterable[Row]]] = {
    "incidents": lambda page: [_incident(page)],
    "tellings": _tellings,
    "origins": origin_rows,
    "accounts": account_rows,
    "matrix": matrix_rows,
}
