"""An incident put together: what the ledger asks for whenever one of its reports, families or rulings changes."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from itertools import product

from sayso.accounts.agreement import agreement
from sayso.accounts.counting import counter_of
from sayso.accounts.headline import headline
from sayso.accounts.known import known
from sayso.accounts.marks import Marks, caveat_cells, copied_reports, marks_of
from sayso.accounts.origins import Traced, trace
from sayso.accounts.questions import questions
from sayso.accounts.same_places import how
from sayso.accounts.versions import accounts_of, disputes
from sayso.knowledge import Knowledge, ours
from sayso.record import Decision, Family, Incident, Reason, Telling, When, Where
from sayso.values.place import fullest

UNREAL = frozenset(("threatened", "planned", "demanded", "feared", "possible", "did_not_happen", "denied", "foiled"))
LEVELS = ("site", "town", "district", "region", "country", "area")
VAGUE_KINDS = frozenset(("casualties", "attack", "property_damage", "killing"))
"""Kinds that say what came of something: another is told rather, where there is one."""


def assemble(
    incident: str,
    tellings: Sequence[Telling],
    families: Iterable[Family],
    rulings: Sequence[Decision],
    *,
    reasons: Sequence[Reason] = (),
    knowledge: Knowledge | None = None,
) -> Incident:
    """The incident of this id and these tellings: origins, accounts, matrix, marks, counter, headline, open questions.

    `families` say which reports are copies, `rulings` what people decided; `reasons` why the tellings are taken for one
    happening. The order of the tellings does not matter, and one given twice counts once. Raises `ValueError` where
    there is no telling: an incident without one is none.
    """
    if not tellings:
        raise ValueError(f"Incident {incident} has no telling left; an incident needs at least one.")
    rows = knowledge or ours()
    told = tuple(sorted({(one.report, one.event): one for one in tellings}.values(), key=_order))
    family = tuple(families)
    traced = trace(told, family, rulings, rows)
    copies = copied_reports(told, traced)
    own = [one for one in told if one.report not in copies] or list(told)
    accounts = accounts_of(traced, rows)
    cells = agreement(accounts, disputes(traced, rows), rows) + caveat_cells(told, traced, copies)
    marks = marks_of(told, traced, copies)
    place, when = _where(own), _when(own)
    return Incident(
        id=incident,
        kind=_kind(own),
        headline=headline(traced, accounts, cells, marks, rows),
        when=when,
        where=place,
        tellings=told,
        origins=tuple(one.origin for one in traced),
        accounts=accounts,
        matrix=cells,
        denials=marks.denials,
        caveats=marks.caveats,
        silences=marks.silences,
        counter=counter_of(traced, marks, frozenset(one.report for one in told), copies, known(rows)),
        did_not_happen=_is_unreal(own),
        reasons=tuple(reasons),
        open_questions=questions(traced, cells, marks, when, place),
    )


def contested(incident: Incident) -> tuple[int, int, int, int]:
    """How much origins disagree, to order incidents by, the most contested last: never shown, and no score.

    Origins that deny, cells that differ, parties that speak, then denials in general and what could not be verified.
    """
    denying = {cell.origin for cell in incident.matrix if cell.verdict == "denies" and cell.against}
    differing = {
        (cell.field, cell.of) for cell in incident.matrix if cell.verdict == "differs" and cell.field != "whether"
    }
    general = sum(1 for one in incident.denials if one.reach == "general" and not one.copied)
    caveats = sum(1 for one in incident.caveats if not one.copied)
    return len(denying), len(differing), len(incident.counter.parties), general + caveats


def _order(telling: Telling) -> tuple[str, str, int, str]:
    published = telling.published
    earliest = published.earliest if published is not None and published.earliest else "9999"
    return earliest, telling.report, telling.trigger.span.start, telling.event


def _is_unreal(tellings: Sequence[Telling]) -> bool:
    statuses = {teller.status for telling in tellings for teller in telling.tellers}
    return bool(statuses) and statuses <= UNREAL


def _kind(tellings: Sequence[Telling]) -> str:
    """The kind most tellings have, one that says what was done rather than what came of it."""
    counted = Tally(telling.kind for telling in tellings)
    return min(counted, key=lambda kind: (kind in VAGUE_KINDS, -counted[kind], kind))


def _where(tellings: Sequence[Telling]) -> Where | None:
    """The place that most tellings can mean, the narrowest of those, one with coordinates before one without."""
    places = [place for telling in tellings for place in telling.places if place.role == "at"]
    if not places:
        return None
    fits = {
        at: sum(how(place, other) in ("one", "holds") for other in places) for at, place in enumerate(places)
    }  # not the place itself, of which there may be several
    best = min(
        range(len(places)),
        key=lambda at: (-fits[at], LEVELS.index(places[at].level), places[at].lat is None, fullest(places[at].name)),
    )
    return places[best]


def _when(tellings: Sequence[Telling]) -> When | None:
    """The time that most tellings can mean, the narrowest of those."""
    whens = [telling.when for telling in tellings if telling.when is not None]
    known_ends = [when for when in whens if when.earliest is not None and when.latest is not None]
    if not known_ends:
        return whens[0] if whens else None
    fits = Tally(
        one for one, other in product(range(len(known_ends)), repeat=2) if _meet(known_ends[one], known_ends[other])
    )
    best = min(fits, key=lambda at: (-fits[at], _length(known_ends[at]), known_ends[at].earliest or ""))
    return known_ends[best]


def _meet(one: When, two: When) -> bool:
    return _minute(one.earliest) < _minute(two.latest) and _minute(two.earliest) < _minute(one.latest)


def _minute(iso: str | None) -> str:
    return (iso or "")[:16] if "T" in (iso or "") else f"{iso}T00:00"


def _length(when: When) -> tuple[int, str]:
    grains = ("minute", "hour", "part_of_day", "day", "weekend", "week", "month", "season", "quarter", "year", "vague")
    return grains.index(when.granularity) if when.granularity in grains else len(grains), when.latest or ""


__all__ = ["Marks", "Traced", "assemble", "contested"]
