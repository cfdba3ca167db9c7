"""Asking a case: `sayso incidents`, `incident`, `report`, `sources`, `source` and `search`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sayso.cli.look import write
from sayso.cli.opening import (
    add_case,
    add_shape,
    case_of,
    look,
    place_of,
    plain_id,
    print_answer,
    print_answers,
)
from sayso.cli.speaking import DONE, misused, tell

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import Hit, ReportPage
    from sayso.record import Span

LIMIT = 20
FACETS = {
    "act": ("ACT", "statements of this act: says, denies, accuses, cannot_verify …"),
    "silence": ("KIND", "silences of this kind: none_yet, declined, yet_to, not_mentioned"),
    "speaker": ("NAME", "what this source said: a name, or an id that starts with spk-"),
    "party": ("PARTY", "what those said who speak for this party or country"),
    "channel": ("KIND", "what came through this kind of channel: messaging, interview, video …"),
    "place": ("PLACE", "sentences that name this place, or a place in this region or country"),
    "kind": ("KIND", "sentences that tell this kind of event: shelling, capture …"),
    "status": ("STATUS", "sentences that tell an event with this status: happened, denied …"),
    "publisher": ("NAME", "in reports of this publisher"),
    "since": ("DAY", "in reports of this day or later: 2024, 2024-03 or 2024-03-12"),
    "until": ("DAY", "in reports of this day or earlier"),
    "said_since": ("DAY", "said on this day or later"),
    "said_until": ("DAY", "said on this day or earlier"),
}
ROW_FACETS = ("place", "since", "until", "speaker", "kind")


def add_commands(commands: Any) -> None:
    """What a case can be asked."""
    _add_incidents(commands)
    one = _command(commands, "incident", "one incident: who says what of it, and how that is known", _incident)
    one.add_argument("id", metavar="ID", help="its id, or the beginning of it")
    report = _command(commands, "report", "one report: where it came from, what it copies, its reading", _report)
    report.add_argument("id", metavar="ID", help="its id as printed anywhere, also with :line:column behind it")
    _add_sources(commands)
    source = _command(
        commands, "source", "one source: what they said, through what, first hand or told by others", _source
    )
    source.add_argument("id", metavar="ID", help="its id, or a name that only one source has")
    _add_limit(source)
    _add_search(commands)


def _command(commands: Any, name: str, does: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
    parser.set_defaults(run=run)
    add_case(parser)
    add_shape(parser)
    return parser


def _add_limit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--limit", metavar="N", type=_count, default=LIMIT, help=f"how many are shown at most (default: {LIMIT})"
    )


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def _add_incidents(commands: Any) -> None:
    parser = _command(commands, "incidents", "the incidents of a case, the most contested first", _incidents)
    parser.add_argument(
        "--by",
        choices=("contested", "time", "place", "reports"),
        default="contested",
        help="their order (default: contested)",
    )
    for facet in ROW_FACETS:
        parser.add_argument(f"--{facet}", metavar=FACETS[facet][0], help=_of_incidents(facet))
    parser.add_argument("--denied", action="store_true", help="only those that somebody denies")
    parser.add_argument("--tray", action="store_true", help="only those that nobody tells to have happened")
    _add_limit(parser)
    parser.add_argument("--after", metavar="ID", help="go on after the last incident of the page before")


def _of_incidents(facet: str) -> str:
    return {
        "place": "at this place, or in this region or country",
        "since": "on this day or later: 2024, 2024-03 or 2024-03-12",
        "until": "on this day or earlier",
        "speaker": "of which this source says something: a name, or an id that starts with spk-",
        "kind": "of this kind: shelling, capture …",
    }[facet]


def _add_sources(commands: Any) -> None:
    parser = _command(commands, "sources", "who speaks in a case, those with the most statements first", _sources)
    parser.add_argument("--name", metavar="NAME", help="whose name has these words")
    parser.add_argument("--party", metavar="PARTY", help="who speak for this party or country")
    _add_limit(parser)


def _add_search(commands: Any) -> None:
    parser = _command(commands, "search", "sentences of all reports, by words and by who says what in them", _search)
    parser.add_argument("words", nargs="*", metavar="WORD", help='words, "exact phrases", and -words to be left out')
    for facet, (value, does) in FACETS.items():
        parser.add_argument(f"--{facet.replace('_', '-')}", metavar=value, help=does)
    _add_limit(parser)
    parser.add_argument("--after", metavar="KEY", type=int, help="go on after the last sentence of the page before")


# Incidents


def _incidents(asked: argparse.Namespace) -> int:
    from sayso.export.incident_list import listing
    from sayso.ledger.asking.incidents import Incidents, incident_rows

    facets = {facet: getattr(asked, facet) for facet in ROW_FACETS}
    among = Incidents(**facets, denied=asked.denied or None, tray=asked.tray or None)
    with case_of(asked) as case:
        rows = incident_rows(case, by=asked.by, among=among, limit=asked.limit, after=asked.after)
        if asked.json:
            print_answers(case, rows)
        else:
            write(listing(rows, by=asked.by, **look(asked)))
    return DONE


def _incident(asked: argparse.Namespace) -> int:
    from sayso.export.incident_page import page
    from sayso.export.pointed import pointed_in
    from sayso.ledger.asking.incidents import incident

    with case_of(asked) as case:
        found = incident(case, asked.id)
        if asked.json:
            print_answer(case, found)
            return DONE
        _told_moved(found.moved)
        write(page(found.incident, pointed_in(case, found), found.decisions, **look(asked)))
    return DONE


def _told_moved(moved: str | None) -> None:
    if moved:
        tell(moved)


# A report


def _report(asked: argparse.Namespace) -> int:
    from sayso.export.pointed import pointed_at
    from sayso.export.report_page import page
    from sayso.ledger.asking.reports import report

    name, place = place_of(asked.id)
    with case_of(asked) as case:
        found = report(case, name)
        if asked.json:
            print_answer(case, found)
            return DONE
        _told_moved(found.moved)
        reports = pointed_at(case, _pointed_from(found))
        write(page(found, reports, at=_stretch(found, place), **look(asked)))
    return DONE


def _pointed_from(found: ReportPage) -> Iterable[str]:
    """Every report that the page of a report names."""
    from sayso.export.pointed import reports_in

    yield found.row.id
    for family in found.families:
        for member in family.members:
            yield member.report
            yield from [member.of] if member.of else []
    yield from (related.report.id for related in found.related)
    yield from reports_in(found.decisions)


def _stretch(found: ReportPage, place: str) -> Span | None:
    """The stretch from the place asked for to the end of its line."""
    from sayso.export.pointing import About
    from sayso.record import Span

    if not place:
        return None
    text = found.reading.page.report.text
    if place.startswith("@"):
        start = int(place[1:])
    else:
        line, column = map(int, place.split(":"))
        starts = About.lines_of(text)
        start = starts[line - 1] + column - 1 if 1 <= line <= len(starts) else len(text)
    if start >= len(text):
        misused(f"there is no place {place} in that report: it has {text.count(chr(10)) + 1} lines.")
    end = text.find("\n", start)
    return Span(start, end if end >= 0 else len(text))


# Sources, and sentences


def _sources(asked: argparse.Namespace) -> int:
    from sayso.export.source_page import listing
    from sayso.ledger.asking.sources import speaker_list

    with case_of(asked) as case:
        rows = speaker_list(case, name=asked.name, party=asked.party, limit=asked.limit)
        if asked.json:
            print_answers(case, rows)
        else:
            write(listing(rows, **look(asked)))
    return DONE


def _source(asked: argparse.Namespace) -> int:
    from sayso.export.pointed import pointed_at
    from sayso.export.source_page import page
    from sayso.ledger.asking.sources import speaker

    with case_of(asked) as case:
        found = speaker(case, plain_id(asked.id), limit=asked.limit)
        if asked.json:
            print_answer(case, found)
            return DONE
        _told_moved(found.moved)
        write(page(found, pointed_at(case, (said.report for said in found.said)), **look(asked)))
    return DONE


def _search(asked: argparse.Namespace) -> int:
    from sayso.export.pointed import pointed_at
    from sayso.ledger.asking.questions import Among
    from sayso.ledger.asking.search import search

    facets = {facet: getattr(asked, facet) for facet in FACETS}
    words = " ".join(asked.words)
    if not words and not any(facets.values()):
        misused("search for what? Give words, or an option such as --act denies.")
    with case_of(asked) as case:
        hits = search(case, words or None, Among(**facets), limit=asked.limit + 1, after=asked.after)
        more, hits = len(hits) > asked.limit, hits[: asked.limit]
        if asked.json:
            print_answers(case, hits)
            return DONE
        _print_hits(asked, hits, pointed_at(case, (hit.report for hit in hits)), more=more)
    return DONE


def _print_hits(asked: argparse.Namespace, hits: list[Hit], reports: Any, *, more: bool) -> None:
    from sayso.export.search_page import page

    write(page(hits, reports, more=more, **look(asked)))
    if more:
        tell(f"there are more: go on with --after {hits[-1].key}")
