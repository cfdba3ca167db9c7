"""The passport of a claim: one HTML file that needs nothing else, with its chain, its words, hashes, how to check.

No script, no style from elsewhere, nothing is loaded. Private persons are withheld unless they are to be shown. Beside
it the same as JSON.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from sayso import __version__
from sayso.export import aloud
from sayso.export.comparison_page import CHANGED, DROPPED
from sayso.export.exporting import whole_file
from sayso.export.ink import safe
from sayso.export.ledger_json import answer
from sayso.export.pointing import when
from sayso.export.record_json import dumped
from sayso.ledger.asking.private import withheld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.ledger.case import Case
    from sayso.record import Anchor, Change, Hop, Trace

STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}
h2{font-size:1.1rem;margin-top:2rem}
blockquote{margin:.4rem 0;padding:.2rem .8rem;border-left:3px solid #888;unicode-bidi:isolate}
ol{padding-left:1.4rem}
li{margin:1rem 0}
.change{border:1px solid #b60;border-radius:4px;padding:.4rem .8rem;margin:.5rem 0}
.name{font-weight:700}
code{overflow-wrap:anywhere;font-size:.85em}
.faint{opacity:.8}
@media print{body{margin:0}}
"""
HOW = (
    "Each report is named by the SHA-256 of its sealed bytes. With the original before you, <code>sha256sum FILE</code>"
    " must print that number; the words quoted stand at the characters given, counted as Unicode code points of its"
    " text. In the case that this was made from, <code>sayso verify</code> hashes all of them anew."
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def written(case: Case, trace: Trace, path: Path, *, at: str, show_private: bool = False) -> tuple[Path, Path]:
    """Write the passport of a traced claim to `path`, and the same as JSON beside it; the two paths."""
    shown = trace if show_private else withheld(case, trace)
    beside = path.with_suffix(".json")
    told = answer(case, trace, show_private=show_private)
    for place, words in ((path, html(shown, at=at)), (beside, dumped({**told, "made_at": at}, pretty=True) + "\n")):
        with whole_file(place) as made:
            made.write_text(words, encoding="utf-8", errors="backslashreplace", newline="\n")
    return path, beside


def html(trace: Trace, *, at: str) -> str:
    """The passport as one page of HTML. Everything that a report says is escaped, and its direction kept to itself."""
    hops = "".join(f"<li>{''.join(_hop(number, trace.hops))}</li>" for number in range(len(trace.hops)))
    losses = "".join(f"<li>{escape(line)}</li>" for line in _losses(trace))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width"><title>Passport of a claim</title>'
        f"<style>{STYLE}</style></head><body><main><h1>Passport of a claim</h1>{_quoted(trace.claim)}"
        f"<p class=faint>Made by sayso {__version__} at {escape(at)}. It says who told this and how it changed from "
        "report to report; it does not say whether it is so.</p>"
        f"{f'<h2>What was lost on the way</h2><ul>{losses}</ul>' if losses else ''}"
        f"<h2>Hops, in time order</h2><ol>{hops}</ol>{_check(trace)}</main></body></html>\n"
    )


def _losses(trace: Trace) -> Iterator[str]:
    for number, what in (
        (trace.speaker_lost, "The speaker is lost"),
        (trace.bare_fact, "It becomes a bare fact"),
        (trace.caveat_lost, "A caveat is lost"),
        (trace.denial_lost, "A denial is lost"),
    ):
        if number is not None:
            yield f"{what} in hop {number + 1}."
    if trace.left_out:
        yield f"Not gone through: {trace.left_out} later of its families and its incident, too many for one trace."


def _hop(number: int, hops: tuple[Hop, ...]) -> Iterator[str]:
    hop = hops[number]
    of = next((n + 1 for n, other in enumerate(hops) if other.report == hop.since), None)
    came = f"made of hop {of}" if hop.made_of else f"compared with hop {of}" if of else "a telling of its own"
    yield f"<b>{_plain(hop.publisher or 'Publisher not known')}</b>, {escape(when(hop.published) or 'date unknown')} "
    yield f"<span class=faint>· {came}</span><br>{_plain(_told(hop))}{_quoted(hop.anchor)}"
    if of and not hop.changes:
        yield f"<p class=faint>Nothing changed in it since hop {of}.</p>"
    for change in hop.changes:
        yield _change(change)


def _told(hop: Hop) -> str:
    status = f", told as: {aloud.said(aloud.STATUSES, hop.status)}" if hop.status else ""
    if hop.saying is None:
        return f"In the report’s own voice{status}"
    return f"{hop.saying.speaker.name or 'Somebody not named'}: {aloud.said(aloud.ACTS, hop.saying.act)}{status}"


def _change(change: Change) -> str:
    here = _quoted(change.here) if change.here else ""
    there = _quoted(change.there) if change.there and change.kind not in DROPPED else "<p>Nothing of the kind.</p>"
    name = f"<span class=name>{escape(CHANGED[change.kind])}</span>"
    return f"<div class=change>{name}: {_plain(change.says)}{here}{there}</div>"


def _quoted(anchor: Anchor) -> str:
    place = f"{anchor.report}, characters {anchor.span.start} to {anchor.span.end}"
    return f'<blockquote dir="auto">{_plain(anchor.words)}</blockquote><p class=faint><code>{escape(place)}</code></p>'


def _plain(words: str) -> str:
    return f"<bdi>{escape(safe(words))}</bdi>"


def _check(trace: Trace) -> str:
    rows = "".join(f"<li><code>{escape(hop.report.removeprefix('sha256:'))}</code></li>" for hop in trace.hops)
    return f"<h2>How to check this</h2><p>{HOW}</p><ol>{rows}</ol>"
