"""A claim through its hops, as a page for a terminal: who told it, from what it was made, and what each hop changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.export import aloud
from sayso.export.comparison_page import CHANGED, DROPPED
from sayso.export.ink import Line, Run, hanging, painted, safe, titled, wrap
from sayso.export.pointing import Reports, faint, quoted, when
from sayso.record import Anchor, Change, Hop, Trace

NARROWEST, WIDEST = 40, 120
UNSEEN = "nothing of the kind"


def page(trace: Trace, reports: Reports, *, width: int = 80, colour: bool = False) -> str:
    """The whole page, no line wider than `width` cells (40 at least); no escape in it unless `colour`."""
    width = min(max(width, NARROWEST), WIDEST)
    lines: list[Line] = [[Run("A CLAIM AND ITS HOPS", "heading")], [faint("━" * width)]]
    lines += wrap([Run(quoted(trace.claim.words)), faint(f"  {reports.at(trace.claim)}")], width)
    lines += hanging([faint("Incident")], [Run(trace.incident or "none: no event is told in this sentence")], width, 12)
    if trace.families:
        lines += hanging([faint("Families")], [Run(", ".join(trace.families))], width, 12)
    lines += [line for told in summary(trace, reports) for line in hanging([faint("·")], [Run(told)], width, 2)]
    lines += [[], *titled("Hops, in time order", str(len(trace.hops)), width)]
    for number in range(len(trace.hops)):
        lines += [*hop_lines(number, trace.hops, reports, width), []]
    return painted(lines, colour=colour)


def summary(trace: Trace, reports: Reports) -> Iterator[str]:
    """What happened to the claim on the way, one sentence each; nothing where nothing did."""
    if trace.first_said is not None:
        hop = trace.hops[trace.first_said]
        if hop.saying is not None:
            who = safe(hop.saying.speaker.name) or "somebody not named"
            yield f"first said by {who}, as far as this case knows, in hop {trace.first_said + 1}"
    for number, what in (
        (trace.speaker_lost, "the speaker is lost"),
        (trace.bare_fact, "it becomes a bare fact"),
        (trace.caveat_lost, "a caveat is lost"),
        (trace.denial_lost, "a denial is lost"),
    ):
        if number is not None:
            yield f"{what} in hop {number + 1}: {_who(trace.hops[number], reports)}"
    if len(trace.hops) == 1:
        yield "no other report of this case tells it"
    if trace.left_out:
        yield f"not gone through: {trace.left_out} later of its families and its incident, too many for one trace"


def hop_lines(number: int, hops: Sequence[Hop], reports: Reports, width: int) -> Iterator[Line]:
    """One hop: whose report, how it tells the claim, and each change since the report it is compared with."""
    hop = hops[number]
    of = next((n + 1 for n, other in enumerate(hops) if other.report == hop.since), None)
    came = f"made of {of}" if hop.made_of else f"compared with {of}" if of else "a telling of its own"
    label = [Run(f"{number + 1}", "who")]
    yield from hanging(label, [Run(_who(hop, reports)), faint(f" · {came}")], width, 4)
    yield from hanging([Run("")], [Run(_told(hop), "act")], width, 4)
    yield from hanging([Run("")], [Run(quoted(hop.anchor.words)), faint(f"  {reports.at(hop.anchor)}")], width, 4)
    if of and not hop.changes:
        yield from hanging([Run("")], [faint(f"nothing changed in it since {of}")], width, 4)
    for change in hop.changes:
        yield from _change(change, of or 0, number + 1, reports, width)


def _who(hop: Hop, reports: Reports) -> str:
    parts = (
        safe(hop.publisher or "publisher not known"),
        when(hop.published) or "date unknown",
        reports.short(hop.report),
    )
    return " · ".join(part for part in parts if part)


def _told(hop: Hop) -> str:
    status = f" (told as: {aloud.said(aloud.STATUSES, hop.status)})" if hop.status else ""
    if hop.saying is None:
        return f"in the report’s own voice{status}"
    act = aloud.said(aloud.ACTS, hop.saying.act)
    return f"{safe(hop.saying.speaker.name) or 'somebody not named'}: {act}{status}"


def _change(change: Change, before: int, after: int, reports: Reports, width: int) -> Iterator[Line]:
    name = CHANGED[change.kind].upper()
    yield from hanging([Run("  !")], [Run(name, "against"), Run(f" {safe(change.says)}")], width, 4)
    for number, anchor, is_gone in ((before, change.here, False), (after, change.there, change.kind in DROPPED)):
        yield from hanging([Run(f"    {number}")], [Run(_stretch(anchor, is_gone)), _at(anchor, reports)], width, 8)


def _stretch(anchor: Anchor | None, is_gone: bool) -> str:
    return UNSEEN if anchor is None or is_gone else f"⟦{safe(anchor.words).strip()}⟧"


def _at(anchor: Anchor | None, reports: Reports) -> Run:
    return faint(f"  {reports.at(anchor)}" if anchor else "")
