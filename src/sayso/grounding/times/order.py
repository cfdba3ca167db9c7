"""Whether "02/03/2022" is told day or month first, where the outlet settles it."""

from __future__ import annotations

from sayso.knowledge import Knowledge
from sayso.record import Page


def order_of(page: Page, knowledge: Knowledge) -> str | None:
    """The order of the figures of a date in this outlet: "dmy", "mdy", or None where no row tells.

    An outlet has its country's habit unless its row names its own `dates`; an unknown outlet has none.
    """
    name = page.publisher.name.lower() if page.publisher else ""
    if not name:
        return None
    for row in knowledge.rows("outlets"):
        if name in (row["name"].lower(), *(also.lower() for also in row.get("also", ())), *row.get("sites", ())):
            order = row.get("dates")
            return str(order) if order else None
    return None
