"""What those who deny a deed say of who did it: not they themselves, and perhaps somebody else.

"Denied firing on the city and accused the other side of hitting the market" tells that the market was hit: what it
denies is who did it. Such a denial stands in the row of who did it, not in the row of whether it happened.
"""

from __future__ import annotations

import re

from sayso.accounts.agreement import DENYING, NOT_BY, REAL
from sayso.accounts.hearing import Heard
from sayso.accounts.known import known
from sayso.accounts.origins import Traced
from sayso.accounts.utterances import is_told_by
from sayso.knowledge import Knowledge
from sayso.record import Anchor, Stated

DEEDS = frozenset(("ASSAULT", "COERCE"))
OWN_DEED = re.compile(r"^\W*(?:[a-z]+ing\b|.*\b(?:its|our|their|his|my|we|it|they)\b)", re.I | re.S)
"""Words that deny what the speaker would have done: "firing on the town", "its guns were silent"."""


def blames_another(one: Traced) -> bool:
    """Whether somebody who denies it tells it as another's deed, and so tells that it happened."""
    return any(heard.status in DENYING for heard in one.heard) and any(
        heard.status in REAL and _is_anothers(heard, one) for heard in one.heard
    )


def _is_anothers(heard: Heard, one: Traced) -> bool:
    """Whether it is laid at somebody else's door: in an accusation, or by a side that is not the teller's."""
    if heard.saying is None:
        return False
    doers = {agent.party for agent in heard.telling.agents if is_told_by(heard, agent.told)}
    return heard.saying.act == "accuses" or bool(doers - {None, one.origin.party})


def not_by_them(heard: Heard, one: Traced, knowledge: Knowledge, at: str | None) -> Stated | None:
    """Who denies a deed of their own side's says who did not do it; None where that is not what is denied."""
    side = one.origin.party
    if heard.status != "denied" or heard.saying is None or side is None or heard.telling.plover not in DEEDS:
        return None
    own = next((agent for agent in heard.telling.agents if agent.party == side), None)
    says = f"not {known(knowledge).names.get(side, side)}"
    if own is not None:
        anchor = Anchor(heard.report, own.said.span, own.said.words)
        return Stated("by_whom", says, anchor, of=NOT_BY, party=side, at=at)
    said = " ".join(part.words for part in heard.saying.words)
    mine = {other.saying.statement for other in one.heard if other.saying is not None}
    charged = [agent for agent in heard.telling.agents if agent.party is not None and not mine & set(agent.told)]
    if charged or not OWN_DEED.match(said):
        return None
    return Stated("by_whom", says, heard.anchor, of=NOT_BY, party=side, at=at)
