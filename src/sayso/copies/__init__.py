"""Stage 6: from readings to families. Which stretches of reports are one telling, and which way it was copied.

`fingerprint` makes a `Print` of a reading, `keys` what a ledger looks for others by, `linked` compares two, `families`
joins what is linked, `dated_by` dates what has no date.
"""

from sayso.copies.blocks import FEWEST_SHARED, keys
from sayso.copies.dating import dated_by
from sayso.copies.direction import Direction, direction
from sayso.copies.families import families
from sayso.copies.likeness import Likeness, Segment, compare
from sayso.copies.links import Link, link_as_json, link_from_json, linked, ruled_copy
from sayso.copies.prints import Print, dumped, fingerprint, loaded

__all__ = [
    "FEWEST_SHARED",
    "Direction",
    "Likeness",
    "Link",
    "Print",
    "Segment",
    "compare",
    "dated_by",
    "direction",
    "dumped",
    "families",
    "fingerprint",
    "keys",
    "link_as_json",
    "link_from_json",
    "linked",
    "loaded",
    "ruled_copy",
]
