"""Seal the bytes of one report and get its text out."""

from __future__ import annotations

import hashlib

from sayso.knowledge import Knowledge
from sayso.record import Obtained, Report


def sealed(
    data: bytes, *, media_type: str | None = None, path: str | None = None, knowledge: Knowledge | None = None
) -> Report:
    """Seal the bytes of one report."""
    text = data.decode("utf-8", errors="replace")
    return Report(
        id="sha256:" + hashlib.sha256(data).hexdigest(),
        data=data,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        media_type=media_type or "text/plain",
        obtained=Obtained("decoded", "utf-8"),
        path=path,
    )
