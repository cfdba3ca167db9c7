"""Who did it, to whom, with what, where, when and how many: one file a question, met here."""

from __future__ import annotations

from sayso.events.ground import Ground, Index, ground
from sayso.events.how_many import counts, parts, without_restated
from sayso.events.taking_part import Cast, cast, parties
from sayso.events.weapons import weapon_kind, weapon_tokens
from sayso.events.when import moment, shares_its_clause
from sayso.events.where import DEALINGS, definite_place, places

__all__ = [
    "DEALINGS",
    "Cast",
    "Ground",
    "Index",
    "cast",
    "counts",
    "definite_place",
    "ground",
    "moment",
    "parties",
    "parts",
    "places",
    "shares_its_clause",
    "weapon_kind",
    "weapon_tokens",
    "without_restated",
]
