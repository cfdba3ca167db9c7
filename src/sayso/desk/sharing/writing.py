"""A bundle written where a person wants it, and the row of the audit that says so."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.desk.sharing.content import NotShared
from sayso.ledger import audit
from sayso.record import Trace

if TYPE_CHECKING:
    from sayso.desk.sharing.bundle import Bundle
    from sayso.desk.sharing.content import Content, Gathered
    from sayso.ledger.case import Case


def written(bundle: Bundle, into: Path, *, noted: Callable[[], None]) -> Path:
    """Write the folder of a bundle into another; where it is. Raises `NotShared` where something stands there already.

    The folder appears whole or not at all, and only after `noted` wrote to the audit that it was made.
    """
    folder = into / bundle.name
    if folder.exists():
        raise NotShared(f"{folder} is there already. Move it away, or name another place with --to.")
    try:
        into.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{bundle.name}.", dir=into) as part:
            made = Path(part) / bundle.name
            for name, data in bundle.files.items():
                path = made / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            noted()
            made.rename(folder)
    except OSError as error:
        raise NotShared(f"{folder} cannot be written: {error.strerror or error}. Name another with --to.") from error
    return folder


def note(case: Case, content: Content, bundle: Bundle, *, of: Gathered, who: str, at: str) -> None:
    """Write to the audit what was handed on: of what, how much of it, whether with private persons, and then why.

    `of` is what it was made of, whose places are those of the case.
    """
    noun, options = of.noun, content.options
    more: dict[str, Any]
    if isinstance(noun, Trace):
        about, more = noun.claim.report, {"span": [noun.claim.span.start, noun.claim.span.end]}
    else:
        about, more = noun.incident.id, {}
    body = {
        **more,
        "form": "claim" if content.is_claim else "incident",
        "reports": len(content.reports),
        "sums": bundle.seal,
        "show_private": options.show_private,
        "whole_texts": options.whole_texts,
        "left_in_clear": sum(one.name in options.clear for one in of.silent),
        **({"why": options.why.strip()} if options.show_private else {}),
    }
    with case.writing() as connection:
        audit.note(connection, at=at, who=who, what="shared", about=about, body=body)
