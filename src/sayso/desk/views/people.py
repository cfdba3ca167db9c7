"""What pages of people give to a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import SpeakerRow
    from sayso.ledger.asking.doubles import Pair
    from sayso.ledger.asking.people import PersonPage

COLUMNS = ("speaker", "name", "naming", "role", "party", "private", "statements", "reports")
PAIR_COLUMNS = ("one", "one_name", "two", "two_name", "reasons", "against")
ONE_COLUMNS = ("speaker", "what", "says", "first", "last", "reports", "publishers")


def table_rows(rows: Iterable[SpeakerRow]) -> Iterable[Mapping[str, Any]]:
    """Those of a list."""
    for row in rows:
        yield {"speaker": row.id, **{name: getattr(row, name) for name in COLUMNS[1:]}}


def pair_rows(pairs: Sequence[Pair], held: Mapping[str, SpeakerRow]) -> Iterable[Mapping[str, Any]]:
    """Pairs that may be one."""
    for one in pairs:
        if one.one in held and one.two in held:
            yield {
                "one": one.one,
                "one_name": held[one.one].name,
                "two": one.two,
                "two_name": held[one.two].name,
                "reasons": " ".join(one.reasons),
                "against": " ".join(one.against),
            }


def one_table_rows(page: PersonPage) -> Iterable[Mapping[str, Any]]:
    """Spellings, offices and sides of one of them."""
    for spelled in page.spellings:
        told = "; ".join(f"{name or '?'} {count}" for name, count in spelled.publishers)
        yield {
            "speaker": page.row.id,
            "what": "spelling",
            "says": spelled.spelling,
            "reports": spelled.times,
            "publishers": told,
        }
    for what, held in (("role", page.roles), ("party", page.parties)):
        for one in held:
            yield {
                "speaker": page.row.id,
                "what": what,
                "says": one.what,
                "first": one.first,
                "last": one.last,
                "reports": one.reports,
                "publishers": one.publishers,
            }
