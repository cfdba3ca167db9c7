"""The patterns that rows are written in: plain words, where blanks and apostrophes stand for all of their kind."""

from __future__ import annotations

import re

PART = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]| \?|.", re.DOTALL)
LOOSE = {" ": r"\s+", " ?": r"\s?", "'": "[’']"}


def loosened(pattern: str) -> str:
    """A row's pattern with its blanks and apostrophes made general, save inside of [sets]."""
    return PART.sub(lambda part: LOOSE.get(part[0], part[0]), pattern)
