"""What was made before and may be asked for again: the last ones, in this process alone."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Made = TypeVar("Made")


@dataclass
class Remembered(Generic[Key, Made]):
    """At most so many things by their keys; what was asked for longest ago goes first. For any number of threads."""

    most: int
    _held: OrderedDict[Key, Made] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Key) -> Made | None:
        """What was made for a key, if it is still there."""
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key]

    def keep(self, key: Key, made: Made) -> Made:
        """Remember what was made; what was made."""
        with self._lock:
            self._held[key] = made
            self._held.move_to_end(key)
            while len(self._held) > self.most:
                self._held.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget all of it."""
        with self._lock:
            self._held.clear()

    def __len__(self) -> int:
        """How many are held."""
        return len(self._held)
