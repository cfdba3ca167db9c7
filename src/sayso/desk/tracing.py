"""Claims that were traced at a desk, kept as long as nothing is done to the case: a long chain takes a moment."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from sayso.ledger.asking.audits import audit_rows
from sayso.ledger.asking.traces import traced

if TYPE_CHECKING:
    from sayso.ledger.case import Case
    from sayso.record import Trace

MOST = 32


@dataclass
class Traced:
    """Traces by what was asked for, of one state of the case: the hash of the last row of its audit."""

    state: str = ""
    held: OrderedDict[str, Trace] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def of(self, case: Case, asked: str) -> Trace:
        """A claim through its hops. Raises `NoSuchThing`, `BadQuestion`."""
        state = audit_rows(case, limit=1)[0].hash
        with self.lock:
            if state != self.state:
                self.held.clear()
                self.state = state
            if asked in self.held:
                self.held.move_to_end(asked)
                return self.held[asked]
        found = traced(case, asked)
        with self.lock:
            if state == self.state:
                self.held[asked] = found
                while len(self.held) > MOST:
                    self.held.popitem(last=False)
        return found
