"""What is asked of the desk when it is measured: addresses of every kind of page, chosen by chance from a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.case import Case

ORDERS = ("contested", "time", "reports", "place")
COMMON = ("people killed", "River Commission", "governor said", "denied", '"the dam"')
QUEUES = ("unseen", "figures", "party", "doubts")
TABLES = ("accounts", "matrix", "origins", "tellings")
MIDDLE = (10, 60)
"""Tellings of an incident of middle size."""
LARGEST = 10


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids and names that a case has, in an order of chance; the largest of a kind first where that is said."""

    incidents: Sequence[str]
    middle: Sequence[str]  # incidents of middle size
    largest: Sequence[str]
    reports: Sequence[str]
    copied: Sequence[str]  # reports in families of ten or more
    beside: Sequence[tuple[str, str]]  # pairs of copies
    statements: Sequence[str]
    copied_statements: Sequence[str]
    decisions: Sequence[str]
    places: Sequence[str]
    publishers: Sequence[str]
    words: Sequence[str]
    speakers: Sequence[str]  # those with the most statements first
    people: Sequence[str]  # speakers by chance
    named_places: Sequence[str]  # ids of places, by chance
    events: Sequence[str]
    countries: Sequence[str]


def ids_of(case: Case, chance: Random, count: int) -> Ids:
    """So many of each."""

    def some(given: Sequence[Any]) -> list[Any]:
        return chance.sample(given, min(count, len(given)))

    with case.reading() as connection:
        sizes = _rows(connection, "SELECT incident_id, count(*) FROM events GROUP BY 1 ORDER BY 2 DESC, 1")
        families = _rows(
            connection, "SELECT family_id, report_id FROM family_members GROUP BY 1, 2 ORDER BY family_id, report_id"
        )
        members: dict[str, list[str]] = {}
        for family, report in families:
            members.setdefault(family, []).append(report)
        copied = [report for held in members.values() if len(held) >= 10 for report in held]
        statements = _column(connection, "SELECT report_id || '#' || statement FROM statements ORDER BY 1")
        among = set(copied)
        sentences = some(_column(connection, "SELECT id FROM sentences"))
        said = [_column(connection, f"SELECT words FROM sentences WHERE id = {int(one)}")[0] for one in sentences]
        return Ids(
            incidents=some([name for name, _ in sizes]),
            middle=some([name for name, size in sizes if MIDDLE[0] <= size <= MIDDLE[1]]),
            largest=[name for name, _ in sizes[:LARGEST]],
            reports=some(_column(connection, "SELECT id FROM reports ORDER BY id")),
            copied=some(copied),
            beside=some([(held[0], other) for held in members.values() for other in held[1:]]),
            statements=some(statements),
            copied_statements=some([one for one in statements if one.partition("#")[0] in among]),
            decisions=some(_column(connection, "SELECT id FROM decisions ORDER BY id")),
            places=some(_column(connection, "SELECT DISTINCT name FROM places WHERE level = 'town' ORDER BY name")),
            publishers=_column(connection, "SELECT DISTINCT publisher FROM reports WHERE publisher IS NOT NULL"),
            words=[_long_word(words) for words in said],
            speakers=_column(connection, "SELECT speaker_id FROM statements GROUP BY 1 ORDER BY count(*) DESC LIMIT 3"),
            people=some(_column(connection, "SELECT id FROM speakers ORDER BY id")),
            named_places=some(_column(connection, "SELECT id FROM named_places ORDER BY id")),
            events=some(_column(connection, "SELECT report_id || '#' || event FROM events ORDER BY id")),
            countries=_column(
                connection, "SELECT country FROM incidents WHERE country IS NOT NULL GROUP BY 1 ORDER BY 1"
            ),
        )


def _rows(connection: Connection, asked: str) -> list[Any]:
    return list(connection.execute(text(asked)).all())


def _column(connection: Connection, asked: str) -> list[Any]:
    return [row[0] for row in _rows(connection, asked)]


def _long_word(words: str) -> str:
    return max(words.split() or ["a"], key=len).strip(".,;:\"'“”()")


def addresses(ids: Ids) -> dict[str, list[str]]:
    """Addresses by the kind of page. A kind that the case has nothing for is empty."""
    return {
        "incidents": [f"/incidents?by={by}" for by in ORDERS],
        "incidents_deep": [_q("/incidents", by=by, after=one) for by, one in _turns(ORDERS, ids.incidents)],
        "incidents_at_a_place": [_q("/incidents", by="time", place=one) for one in ids.places],
        "incidents_of_a_country": ["/incidents?place=URY", "/incidents?by=time&place=XA-03"],
        "incidents_of_a_speaker": [_q("/incidents", speaker=one) for one in ids.speakers],
        "incidents_filtered": [
            "/incidents?denied=true", "/incidents?tray=true", "/incidents?kind=shelling&by=time",
            "/incidents?since=2022-03&until=2022-05", "/incidents?tray=false&denied=true&since=2021",
        ],
        "incident": [f"/incidents/{one}" for one in ids.incidents],
        "incident_10_to_60": [f"/incidents/{one}" for one in ids.middle],
        "incident_largest": [f"/incidents/{one}" for one in ids.largest],
        "reports": ["/reports", *(_q("/reports", after=one) for one in ids.reports)],
        "reports_of_a_publisher": [_q("/reports", publisher=one) for one in ids.publishers],
        "report": [_report(one) for one in ids.reports],
        "report_much_copied": [_report(one) for one in ids.copied],
        "beside": [f"{_report(one)}/beside/{_digits(two)}" for one, two in ids.beside],
        "trace": [_q("/trace", claim=one) for one in ids.statements],
        "trace_incident": [_q("/trace", claim=one) for one in ids.incidents],
        "trace_much_copied": [_q("/trace", claim=one) for one in ids.copied_statements],
        "decisions": ["/decisions", *(_q("/decisions", after=one) for one in ids.decisions)],
        "decision": [f"/decisions/{one}" for one in ids.decisions],
        "search": [_q("/search", q=one) for one in ids.words],
        "search_common": [_q("/search", q=one) for one in COMMON],
        "search_fields": [
            "/search?act=denies", "/search?act=denies&party=kesteria", "/search?kind=shelling&q=people",
            *(_q("/search", speaker=one) for one in ids.speakers),
            *(_q("/search", place=one) for one in ids.places[:9]),
        ],
        "rule_form": [_q("/rule", ruling="reject", about=one) for one in ids.statements],
        "preview_of_identical": [_q("/rule", ruling="correct", about=one) for one in ids.copied_statements],
        **_beside_reading(ids),
        **_narrowed(ids),
    }  # fmt: skip


def _beside_reading(ids: Ids) -> dict[str, list[str]]:
    """Pages of the second half: what waits, who and where, what was done, what goes out."""
    return {
        "inbox": ["/inbox", "/inbox?show=taken", "/inbox?by=copies", "/inbox?by=published"],
        "inbox_cluster": [f"/inbox/cluster/{_digits(one)}" for one in ids.reports],
        "queues": ["/queue"],
        "queue_question": [
            _q(f"/queue/{queue}", about=one)
            for queue, one in zip(_over(QUEUES), [*ids.statements, *ids.events], strict=False)
        ],
        "queue_next": [f"/queue/{queue}.json" for queue in QUEUES],
        "queue_differences": ["/queue/differences", "/queue/agreement"],
        "sources": ["/sources", "/sources?party=kesteria", "/sources?name=ministry", "/sources?show=publishers"],
        "source": [f"/sources/{one}" for one in (*ids.speakers, *ids.people)],
        "publisher": [_q("/sources/publisher", name=one) for one in ids.publishers],
        "people": ["/people", "/people?name=governor"],
        "person": [f"/people/{one}" for one in (*ids.speakers, *ids.people)],
        "doubles": ["/people/doubles"],
        "places": ["/places", "/places?unresolved=1", "/places?name=mar"],
        "place": [f"/places/{one}" for one in ids.named_places],
        "audit": ["/audit", "/audit?what=decided", "/audit?who=bench", "/audit?since=2024&until=2024"],
        "audit_seals": ["/audit/seals"],
        "export": [
            "/export", "/export?form=geojson", "/export?form=ftm", "/export?form=webannotation",
            *(_q("/export", form="csv", table=one) for one in TABLES),
        ],
        "saved": ["/search/saved"],
        "team": ["/team"],
    }  # fmt: skip


def _narrowed(ids: Ids) -> dict[str, list[str]]:
    """The map, the timeline and the search, as they are narrowed by clicking."""
    meant = [
        {}, {"kind": "shelling"}, {"denied": "true"}, {"since": "2022-03", "until": "2022-05"}, {"party": "kesteria"},
        {"box": "20,40,45,60"}, {"box": "20,40,45,60", "kind": "killing"}, {"tray": "true"},
        *({"place": one} for one in (*ids.countries[:3], *ids.places[:2])),
    ]  # fmt: skip
    return {
        "map": [_q("/map", **one) for one in meant],
        "map_features": [_q("/map/features.json", **one) for one in meant],
        "map_geojson": [_q("/map.geojson", **one) for one in meant],
        "timeline": [_q("/timeline", **one) for one in meant] + ["/timeline?lanes=kind"],
        "search_position": [
            _q("/search", **one) for one in (
                {"position": "party"}, {"position": "party", "q": "people"}, {"position": "unknown", "act": "denies"},
                {"position": "witness", "came": "copied"},
            )
        ],
        "search_facets": [_q("/search/facets.json", q=one) for one in COMMON],
    }  # fmt: skip


def _over(given: Sequence[str]) -> Iterator[str]:
    while True:
        yield from given


def twins(kinds: dict[str, list[str]], ending: str) -> dict[str, list[str]]:
    """The twins of the pages that have them, by the ending: `json` or `csv`."""
    named = ("incidents_deep", "incident", "incident_largest", "reports", "report", "beside", "trace", "search")
    return {f"{kind}_{ending}": [_twin(address, ending) for address in kinds[kind]] for kind in named}


def _twin(address: str, ending: str) -> str:
    path, mark, query = address.partition("?")
    return f"{path}.{ending}{mark}{query}"


def _turns(orders: Sequence[str], ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(ids):
        yield orders[number % len(orders)], one


def _report(name: str) -> str:
    return f"/reports/{_digits(name)}"


def _digits(name: str) -> str:
    return name.removeprefix("sha256:")


def _q(path: str, **asked: str) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path
