"""Stage 8: from two tellings of one story to what changed between them, each change named, with its two stretches."""

from sayso.drift.changes import changes
from sayso.drift.pairing import paired

__all__ = ["changes", "paired"]
