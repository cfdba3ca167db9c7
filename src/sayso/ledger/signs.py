"""What is odd about a copy of a report, as the inbox flags it: told by its conditions and problems when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.record import Page

CUT = "cut"
FLAGS: Mapping[str, tuple[str, ...]] = {
    "no_date": (),
    "notice": ("kill_notice", "embargo", "editors_note"),
    "do_not_quote": ("do_not_quote",),
    "damaged": (
        "heading_damaged", "truncated", "garbled", "bad_bytes", "mended", "truncated_html", "deep_html", "hash_differs",
        "odd_quotation_marks",
    ),
    "reworded": ("reworded", "translated"),
    "leftovers": ("leftovers", CUT),
    "changed": (),
}  # fmt: skip
"""Each flag and the signs of it; the two without are known otherwise, and may come and go."""
SIGNS = frozenset(sign for signs in FLAGS.values() for sign in signs)


def signs_of(page: Page) -> str:
    """The signs that a copy has, as words between blanks; one blank where it has none."""
    found = {one.kind for one in page.condition} | {one.kind for one in (*page.problems, *page.report.problems)}
    if page.cuts:
        found.add(CUT)
    return "".join(f" {one}" for one in sorted(found & SIGNS)) + " "


def flags_of(signs: str | None) -> frozenset[str]:
    """The flags of some signs.

    >>> sorted(flags_of(" cut truncated ")), flags_of(None)
    (['damaged', 'leftovers'], frozenset())
    """
    there = set((signs or "").split())
    return frozenset(flag for flag, odd in FLAGS.items() if there.intersection(odd))
