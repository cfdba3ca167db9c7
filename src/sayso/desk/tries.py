"""How often signing in was tried of late: by name and by address, each of which waits longer with every failure.

Kept in memory alone. Whether there is such a name makes no difference to what is counted, so that nobody learns it.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

OF_A_NAME, OF_AN_ADDRESS = 5, 20
"""Failures after which one must wait. An address can be that of a whole office."""
FIRST_WAIT, LONGEST_WAIT = 30, 900
"""Seconds; each further failure doubles them."""
FORGOTTEN = 3_600
"""Seconds without a failure after which all is forgotten."""
MOST = 10_000
"""Names and addresses that are remembered."""


@dataclass(slots=True)
class _Count:
    failures: int = 0
    until: float = 0.0
    last: float = 0.0


class Tries:
    """What is remembered of failures. Any number of threads may use it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._counts: dict[tuple[str, str], _Count] = {}

    def begun(self, name: str, address: str) -> int:
        """Seconds that one must wait; 0 where it may be tried now, which counts as a failure until it succeeded.

        Counted before it is known, or many tries at once would all be let through.
        """
        with self._lock:
            now = self._clock()
            held = self._held(name, address, now)
            waits = max(one.until - now for one, _ in held)
            if waits > 0:
                return math.ceil(waits)
            for one, free in held:
                one.failures, one.last = one.failures + 1, now
                if one.failures >= free:
                    one.until = now + min(FIRST_WAIT * 2 ** min(one.failures - free, 16), LONGEST_WAIT)
            return 0

    def succeeded(self, name: str, address: str) -> None:
        """Take back what was counted of a try; of the name nothing is remembered."""
        with self._lock:
            self._counts.pop(("name", name), None)
            held = self._counts.get(("address", _net(address)))
            if held is not None:
                held.failures, held.until = max(held.failures - 1, 0), 0.0

    def locked(self, name: str) -> tuple[int, int]:
        """How often a name failed, and how many seconds it must wait now."""
        with self._lock:
            held = self._counts.get(("name", name), _Count())
            return held.failures, max(math.ceil(held.until - self._clock()), 0)

    def _held(self, name: str, address: str, now: float) -> tuple[tuple[_Count, int], ...]:
        keys = (("name", name), OF_A_NAME), (("address", _net(address)), OF_AN_ADDRESS)
        if len(self._counts) >= MOST:
            self._make_room(now)
        held = tuple((self._counts.setdefault(key, _Count(last=now)), free) for key, free in keys)
        for one, _ in held:
            if one.last < now - FORGOTTEN:
                one.failures, one.until = 0, 0.0
        return held

    def _make_room(self, now: float) -> None:
        """Forget what is old; where nothing is, the older half."""
        kept = [(key, one) for key, one in self._counts.items() if one.last >= now - FORGOTTEN]
        kept.sort(key=lambda pair: pair[1].last)
        self._counts = dict(kept[-(MOST // 2) :])


def _net(address: str) -> str:
    """What one sender has many of counts as one: of IPv6 the first half.

    >>> _net("2001:db8::1"), _net("10.0.0.7"), _net("testclient")
    ('2001:db8::', '10.0.0.7', 'testclient')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((int(found), 64), strict=False).network_address) if found.version == 6 else address
