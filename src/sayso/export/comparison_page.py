"""Two reports side by side as a page for a terminal: what changed, with both stretches, and what each has alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sayso.export import aloud
from sayso.export.ink import Line, Run, hanging, painted, safe, titled, wrap
from sayso.export.pointing import Reports, faint
from sayso.record import Anchor, Change, Comparison, Reason

NARROWEST, WIDEST = 40, 120
ALONE_SHOWN = 12
HEAD = 14
CHANGED = {
    "speaker_dropped": "speaker dropped",
    "speaker_changed": "speaker changed",
    "caveat_dropped": "caveat dropped",
    "denial_dropped": "denial dropped",
    "act_strengthened": "said more surely",
    "act_weakened": "said less surely",
    "attribution_to_fact": "attribution became fact",
    "hedge_lost": "hedge lost",
    "negation_flipped": "negation flipped",
    "figure_changed": "figure changed",
    "figure_grown": "figure grown",
    "unit_changed": "unit changed",
    "thing_counted_changed": "other thing counted",
    "time_shifted": "time shifted",
    "place_shifted": "place shifted",
    "quotation_reworded": "quotation reworded",
    "put_in_quotation_marks": "put in quotation marks",
    "blame_reversed": "blame reversed",
}
"""How each change is named on a page."""
DROPPED = ("caveat_dropped", "denial_dropped")
"""Changes by which a sentence is gone: what stands on the other side is only its neighbour."""


def page(found: Comparison, reports: Reports, *, width: int = 80, colour: bool = False) -> str:
    """The whole page, no line wider than `width` cells (40 at least); no escape in it unless `colour`."""
    width = min(max(width, NARROWEST), WIDEST)
    lines = [*_head(found, reports, width), []]
    lines += titled("What changed from A to B", str(len(found.changes)), width)
    for change in found.changes:
        lines += [*change_lines(change, found, reports, width), []]
    if not found.changes:
        lines += [[faint("nothing that is looked for")], []]
    lines += _alone("In A alone", found.only_here, reports, width)
    lines += _alone("In B alone", found.only_there, reports, width)
    return painted(lines, colour=colour)


def _head(found: Comparison, reports: Reports, width: int) -> Iterator[Line]:
    for name, report in (("A", found.here), ("B", found.there)):
        about = reports.about(report)
        told = " · ".join(part for part in (about.publisher, about.title, about.day) if part)
        yield from hanging([Run(name, "who")], [Run(safe(told)), faint(f"  {reports.short(report)}")], width, 4)
    both, only_a, only_b = len(found.aligned), len(found.only_here), len(found.only_there)
    tally = f"{aloud.several(both, 'sentence')} in both, {only_a} in A alone, {only_b} in B alone"
    yield from hanging([faint("Sentences")], [Run(tally)], width, HEAD)
    yield from hanging([faint("Direction")], [Run(_direction(found), "unsure")], width, HEAD)
    for reason in found.direction_reasons:
        yield from hanging([Run(" " * (HEAD - 2) + _sign(reason))], [Run(safe(reason.says))], width, HEAD)


def _direction(found: Comparison) -> str:
    if not found.aligned:
        return "the two have no sentence in common: no copy of one another, as far as can be seen"
    return {
        "here_to_there": "B was made of A, or of what A was made of",
        "there_to_here": "A was made of B, or of what B was made of",
        "unknown": "which was made of which is not known",
    }[found.direction]


def _sign(reason: Reason) -> str:
    return "+" if reason.speaks_for else "-"


def change_lines(change: Change, found: Comparison, reports: Reports, width: int) -> Iterator[Line]:
    """A change by its name, and below it each stretch in its sentence."""
    yield from wrap([Run(CHANGED[change.kind].upper(), "against"), Run(f"  {safe(change.says)}")], width)
    for name, anchor in (("A", change.here), ("B", change.there)):
        sentence = _sentence(anchor, change, found, name)
        if sentence is None:
            yield from hanging([Run(f"  {name}")], [faint("nothing of the kind")], width, 4)
        elif name == "B" and change.kind in DROPPED:
            told = [faint("nothing of the kind; it would stand beside "), *_marked(sentence, None, reports)]
            yield from hanging([Run(f"  {name}")], told, width, 4)
        else:
            yield from hanging([Run(f"  {name}")], _marked(sentence, anchor, reports), width, 4)


def _sentence(anchor: Anchor | None, change: Change, found: Comparison, name: str) -> Anchor | None:
    """The sentence that a stretch stands in, as far as the comparison holds it."""
    if anchor is None:
        return None
    paired = [one.here if name == "A" else one.there for one in found.aligned]
    alone = found.only_here if name == "A" else found.only_there
    return next((one for one in (*paired, *alone) if _holds(one, anchor)), anchor)


def _holds(sentence: Anchor, anchor: Anchor) -> bool:
    return sentence.span.start <= anchor.span.start and anchor.span.end <= sentence.span.end


def _marked(sentence: Anchor, anchor: Anchor | None, reports: Reports) -> Iterable[Run]:
    """A sentence with the changed stretch between ⟦ ⟧, so that it is seen without colour too."""
    if anchor is None or anchor.span == sentence.span:
        runs = [Run(f"“{safe(sentence.words).strip()}”")]
    else:
        start, end = anchor.span.start - sentence.span.start, anchor.span.end - sentence.span.start
        words = sentence.words
        runs = [
            Run(f"“{safe(words[:start])}"),
            Run(f"⟦{safe(words[start:end])}⟧", "bad"),
            Run(f"{safe(words[end:])}”"),
        ]
    return [*runs, faint(f"  {reports.at(anchor or sentence)}")]


def _alone(title: str, sentences: Sequence[Anchor], reports: Reports, width: int) -> Iterator[Line]:
    if not sentences:
        return
    yield from titled(title, aloud.several(len(sentences), "sentence"), width)
    for sentence in sentences[:ALONE_SHOWN]:
        yield from hanging([faint("·")], [Run(safe(sentence.words)), faint(f"  {reports.at(sentence)}")], width, 2)
    if len(sentences) > ALONE_SHOWN:
        yield [faint(f"  … and {len(sentences) - ALONE_SHOWN} more")]
    yield []
