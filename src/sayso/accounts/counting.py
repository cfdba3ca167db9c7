"""What an incident's header counts: origins and whose they are, never mentions, never a score."""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sayso.accounts.known import Known
from sayso.accounts.marks import Marks
from sayso.accounts.origins import Traced
from sayso.record import Counter, Origin, Touching

ALL = {1: "of", 2: "both", 3: "all three"}


def counter_of(
    traced: Sequence[Traced], marks: Marks, reports: frozenset[str], copies: frozenset[str], rows: Known
) -> Counter:
    """The counts of an incident and the sentence that says them.

    A newsroom that gives no source is told apart and counts as no origin; a denial is counted once for each origin, or
    each speaker, that denies, and what copies repeat is not counted again.
    """
    origins = [one.origin for one in traced if not one.is_unsourced]
    parties = Tally(origin.party or "" for origin in origins if origin.position == "party")
    positions = Tally(origin.position for origin in origins)
    unsourced = len(traced) - len(origins)
    counted = Counter(
        origins=len(origins),
        parties=tuple(sorted(parties.items())),
        outside=positions["outside"],
        witnesses=positions["witness"],
        newsrooms=positions["newsroom"],
        unknown=positions["unknown"] + positions["relay"],
        denials=_distinct(marks.denials),
        could_not_verify=_distinct(marks.caveats),
        silences=_distinct(marks.silences),
        reports=len(reports),
        copies=len(copies),
        says="",
        unsourced=unsourced,
    )
    return _with_sentence(counted, origins, marks.denials, rows)


def _distinct(marks: Iterable[Touching]) -> int:
    return len({one.origin or f"{one.speaker} {one.reach}" for one in marks if not one.copied})


def _with_sentence(counted: Counter, origins: Sequence[Origin], denials: Sequence[Touching], rows: Known) -> Counter:
    relays = sum(origin.position == "relay" for origin in origins)
    general = sum(1 for one in {(one.speaker, one.reach) for one in denials if not one.copied} if one[1] == "general")
    copies = f" ({counted.copies} of them {'a copy' if counted.copies == 1 else 'copies'})" if counted.copies else ""
    said = [
        (True, _origins(counted, rows)),
        (True, f"{counted.outside} outside the parties"),
        (counted.witnesses, _many(counted.witnesses, "witness", "witnesses")),
        (counted.newsrooms, _many(counted.newsrooms, "newsroom saw for itself", "newsrooms saw for themselves")),
        (relays, f"{relays} only relayed"),
        (counted.unknown - relays, f"{counted.unknown - relays} of unknown standing"),
        (True, _denials(counted.denials, general)),
        (counted.could_not_verify, f"{counted.could_not_verify} could not verify"),
        (counted.silences, f"{counted.silences} gave no comment"),
        (counted.unsourced, f"told without a source by {_many(counted.unsourced, 'newsroom')}"),
        (True, _many(counted.reports, "report") + copies),
    ]
    parts = [words for is_told, words in said if is_told]
    return replace(counted, says="; ".join(parts))


def _origins(counted: Counter, rows: Known) -> str:
    said = _many(counted.origins, "origin")
    speaking = sum(number for _, number in counted.parties)
    if not speaking:
        return said
    if len(counted.parties) == 1 and speaking == counted.origins:
        return f"{said}, {ALL.get(speaking, 'all')} one {_sort(counted.parties[0][0], rows)}"
    return f"{said}, " + ", ".join(f"{number} of {_name(party, rows)}" for party, number in counted.parties)


def denials_in_general(counter: Counter) -> int:
    """How many of the denials are general ones, which refute nothing: as the counter's sentence tells it."""
    told = re.search(r"(\d+) denials?(?:, (\d+) of them)? in general", counter.says)
    return int(told[2] or told[1]) if told else 0


def _denials(number: int, general: int) -> str:
    said = _many(number, "denial")
    if not general:
        return said
    return f"{said} in general" if general == number else f"{said}, {general} of them in general"


def _sort(party: str, rows: Known) -> str:
    kind = rows.kinds.get(party, "state")
    return "government" if kind in ("state", "state_body", "state_organ", "breakaway") else "party"


def _name(party: str, rows: Known) -> str:
    return rows.names.get(party, party) or "a party without a name"


def _many(number: int, one: str, more: str | None = None) -> str:
    return f"{number} {one if number == 1 else more or one + 's'}"
