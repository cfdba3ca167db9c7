"""Denials, "could not verify" and silences that reach an incident, as lines for a terminal.

A general denial stands apart from a specific one: it touches an incident without refuting it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.export import aloud
from sayso.export.incident_matrix import letters
from sayso.export.ink import Line, Run, hanging, safe, titled, wrap
from sayso.export.pointing import Reports, faint, quoted
from sayso.record import Incident, Touching

WORDS_SHOWN = 160
GENERAL = "in general, which touches this without refuting it:"
ACTS = {
    "denies": "denies",
    "could_not_verify": "could not verify",
    "no_comment": "no comment",
    "retracts": "takes back",
}


def touching_lines(incident: Incident, reports: Reports, width: int) -> list[Line]:
    """Every denial, specific and general apart, then what could not be verified, then silences."""
    specific = [denial for denial in incident.denials if denial.reach != "general"]
    general = [denial for denial in incident.denials if denial.reach == "general"]
    counted = sum(map(len, map(folded, (specific, general, incident.caveats, incident.silences))))
    if not counted:
        return []
    lines = titled("Denied, not verified, silent", str(counted), width)
    lines += _several(incident, specific, reports, width)
    if general:
        lines += wrap([Run(GENERAL, "unsure")], width)
        lines += _several(incident, general, reports, width)
    return lines + _several(incident, [*incident.caveats, *incident.silences], reports, width)


def touchings_in_a_line(incident: Incident, reports: Reports, width: int) -> list[Line]:
    """For a page in short: who denies, who could not verify, who is silent, each with its words."""
    lines = []
    for label, touchings in (
        ("Denied", [denial for denial in incident.denials if denial.reach != "general"]),
        ("In general", [denial for denial in incident.denials if denial.reach == "general"]),
        ("Unverified", incident.caveats),
        ("Silent", incident.silences),
    ):
        shown = "; ".join(f"{_led(first)}{_tail(first, more, reports)}" for first, more in folded(touchings))
        if shown:
            lines += hanging([faint(label)], [Run(shown)], width, 12)
    return lines


def _several(incident: Incident, touchings: Iterable[Touching], reports: Reports, width: int) -> list[Line]:
    marks = letters(incident)
    lines: list[Line] = []
    for first, more in folded(touchings):
        runs = [Run(_who(first), "who"), Run(act(first), "against")]
        if first.party:
            runs.insert(1, faint(f" ({safe(first.party)})"))
        runs.append(Run(f" {_tail(first, more, reports)}"))
        lines += hanging([faint(marks.get(first.origin or "", "·"))], runs, width, 4)
    return lines


def act(touching: Touching) -> str:
    """What is done, in words: a silence says of which sort it is.

    >>> from sayso.record import Anchor, Span
    >>> act(Touching("no_comment", "The army", None, None, "declined", Anchor("sha256:0", Span(0, 1))))
    ': declined to comment'
    """
    if touching.silence:
        return f": {aloud.said(aloud.SILENCES, touching.silence)}"
    if touching.kind == "could_not_verify" and aloud.VERIFYING.match(touching.anchor.words):
        return " could not"  # the words go on "verify either account"
    return f" {aloud.said(ACTS, touching.kind)}"


def _who(touching: Touching) -> str:
    return safe(touching.speaker) or "somebody not named"


def _led(touching: Touching) -> str:
    """Who it is, unless the words say so."""
    return "" if touching.speaker and touching.speaker in touching.anchor.words else f"{_who(touching)} "


def _tail(first: Touching, more: Sequence[Touching], reports: Reports) -> str:
    """The words, where they stand, and how many copies repeat them."""
    elsewhere = len({touching.anchor.report for touching in more} - {first.anchor.report})
    again = f" +{aloud.several(elsewhere, 'copy', 'copies')}" if elsewhere else ""
    return f"{quoted(first.anchor.words, WORDS_SHOWN)} {reports.at(first.anchor)}{again}".strip()


def folded(touchings: Iterable[Touching]) -> list[tuple[Touching, list[Touching]]]:
    """Each touching that is no copy, with those of its speaker that only repeat it in other reports."""
    ordered = sorted(touchings, key=lambda touching: touching.copied)
    folded: list[tuple[Touching, list[Touching]]] = []
    for touching in ordered:
        of = next((pair for pair in folded if touching.copied and _repeats(pair[0], touching)), None)
        if of is None:
            folded.append((touching, []))
        else:
            of[1].append(touching)
    return folded


def _repeats(first: Touching, other: Touching) -> bool:
    if (first.kind, first.silence, first.reach) != (other.kind, other.silence, other.reach):
        return False
    return first.origin == other.origin if first.origin or other.origin else first.speaker == other.speaker
