"""A small case to be asked: five reports made up for the tests, added in this order, the third a copy of the first."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sayso.ledger.adding import add
from sayso.ledger.case import Case
from sayso.record import Custody, Reading
from tests.databases import Cases
from tests.ledger.sampled import reading_of

AT = "2031-06-01T08:00:00Z"
MARKET = """Rockets hit fish market in Salto, mayor says

Rockets hit the fish market in Salto, Uruguay, on Tuesday, killing four people, said Dora Quill, mayor of the city.

"They fired at the stalls without warning," Quill told reporters. "The clinic beside them burned down."

Halvane's Ministry of Defense denied firing at the city and called the account an invention.

Her brother was dragged from the market by soldiers, said Ida Wren, a baker.

"I begged them to leave him," Wren said.

Rescue teams pulled eleven wounded traders from the ashes before nightfall, the fire brigade said.
"""
COLON = """Varnay vows answer after shells fall on Colón

President Ilse Varnay accused Halvane of shelling Colón on Monday.

"We will answer every shot," Varnay wrote on Telegram.

Halvane's Ministry of Defense declined to comment on the market.

Two guards were wounded near the naïve painter's house, police said. Envoys in Kyiv, Ukraine, were told of it.
"""
CUT = "\n\n".join(part for n, part in enumerate(MARKET.split("\n\n")) if n not in (4, 5))
BRIDGE = """Drones damaged a bridge near Young, officials in Halvane said.

Nobody was hurt, they said. A meeting of ferrymen in Kiev, Ukraine, was put off.
"""
THREAT = """Kesteria warns of strikes on Halvane

Kesteria will strike depots in Halvane within days, President Ilse Varnay warned on Friday.
"""
REPORTS = (
    ("market.txt", MARKET, "2031-03-05", "Quayside Herald"),
    ("colon.txt", COLON, "2031-03-25", "Colón Observer"),
    ("cut.txt", CUT, "2031-03-06", "Evening Lamp"),
    ("bridge.txt", BRIDGE, None, None),
    ("threat.txt", THREAT, "2031-04-01", "Quayside Herald"),
)


@cache
def readings() -> tuple[Reading, ...]:
    """What the five are read as."""
    return tuple(reading_of(text, published=day, publisher=name) for _, text, day, name in REPORTS)


def filled(cases: Cases, folder: Path) -> Case:
    """A case that holds the five."""
    case = cases.new(folder)
    for (path, *_), reading in zip(REPORTS, readings(), strict=True):
        add(case, reading.page.report, reading, Custody(at=AT, by="Ana Tester", using="sayso test", path=path), at=AT)
    return case


def name_of(path: str) -> str:
    """The id of one of the five."""
    return next(one.page.report.id for (own, *_), one in zip(REPORTS, readings(), strict=True) if own == path)
