"""Whether "02/03/2022" is told day or month first, where the outlet settles it."""

from __future__ import annotations

from sayso.knowledge import Knowledge
from sayso.record import Page


def order_of(page: Page, knowledge: Knowledge) -> str | None:
    """The order of the figures of a date in this outlet: "dmy", "mdy", or None where no row tells.

    That is the `dates` of its row in outlets.toml; an outlet without a row has none.
    """
    name = _plain(page.publisher.name) if page.publisher else ""
    for row in knowledge.rows("outlets"):
        if name and name in map(_plain, (row["name"], *row.get("also", ()), *row.get("sites", ()))):
            return row.get("dates")
    return None


def _plain(name: str) -> str:
    return name.lower().removeprefix("the ").removeprefix("www.")
