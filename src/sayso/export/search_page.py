"""What a search found, as a page for a terminal: sentences with what is said and told in them, never whole files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.export import aloud
from sayso.export.ink import Line, Run, columns, indented, painted, safe, titled, wrap
from sayso.export.pointing import Reports, faint
from sayso.export.terminal import NAMELESS, NARROWEST, WIDEST
from sayso.ledger.asking.answers import Hit, MatchedStatement
from sayso.record import Anchor

NOTHING = "No sentence fits. Fewer words or options find more; names and words may be spelled in any case."
NO_REPORTS = Reports()


def page(
    hits: Sequence[Hit], reports: Reports = NO_REPORTS, *, more: bool = False, width: int = 80, colour: bool = False
) -> str:
    """Each sentence with its place and report, and who says what in it."""
    width = min(max(width, NARROWEST), WIDEST)
    if not hits:
        return painted(wrap([Run(NOTHING, "faint")], width), colour=colour)
    lines = titled("Sentences", f"{len(hits):,}{', and there are more' if more else ''}", width)
    for number, hit in enumerate(hits):
        if number:
            lines.append([])
        lines += _hit(hit, reports, width)
    return painted(lines, colour=colour)


def _hit(hit: Hit, reports: Reports, width: int) -> list[Line]:
    at = reports.at(Anchor(hit.report, hit.span))
    about = [hit.publisher or "publisher not known", aloud.published(hit.published), hit.title or ""]
    title = ["title"] if hit.sentence < 0 else []
    lines = wrap([Run(at, "who"), faint(safe("  " + " · ".join(part for part in [*title, *about] if part)))], width)
    lines += indented(wrap(list(_marked(hit)), width - 2), 2)
    for statement in hit.statements:
        lines += indented(wrap(_statement(statement), width - 4), 4)
    for event in hit.events:
        told = f"{event.kind.replace('_', ' ')}: {aloud.said(aloud.STATUSES, event.status)}"
        lines += indented(
            wrap([faint(f"{event.event} "), Run(safe(told)), faint(f" · {event.incident}")], width - 4), 4
        )
    return lines


def _marked(hit: Hit) -> Iterator[Run]:
    """The sentence, what was looked for standing out."""
    at = 0
    for match in hit.matches:
        yield Run(safe(hit.words[at : match.start]))
        yield Run(safe(hit.words[match.start : match.end]), "who")
        at = match.end
    yield Run(safe(hit.words[at:]))


def _statement(found: MatchedStatement) -> list[Run]:
    act = aloud.said(aloud.SILENCES, found.silence) if found.silence else aloud.said(aloud.ACTS, found.act)
    side = f" ({safe(found.party)})" if found.party else ""
    name = safe(found.speaker) if columns(found.speaker) else NAMELESS
    return [
        faint(f"{found.statement} "),
        Run(name, "who"),
        Run(f"{side} "),
        Run(act, "against" if found.act in aloud.AGAINST else "act"),
        faint(f" · {found.speaker_id}"),
    ]
