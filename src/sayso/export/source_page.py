"""Who speaks in a case, as a list and one by one: what they said, through what, first hand or told by others."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.export import aloud
from sayso.export.ink import Line, Run, hanging, painted, safe, titled, wrap
from sayso.export.pointing import Reports, faint, quoted
from sayso.export.terminal import NAMELESS, NARROWEST, WIDEST
from sayso.ledger.asking.answers import Said, SpeakerPage, SpeakerRow, Tally
from sayso.record import Anchor, Saying

LABELS = 12
WORDS_SHOWN = 200
NO_REPORTS = Reports()


def listing(rows: Sequence[SpeakerRow], *, width: int = 80, colour: bool = False) -> str:
    """Everybody who speaks, in the order given."""
    width = min(max(width, NARROWEST), WIDEST)
    if not rows:
        return painted(wrap([Run("Nobody who speaks fits.", "faint")], width), colour=colour)
    lines = titled("Sources", f"{len(rows):,}", width)
    for row in rows:
        counted = f"{aloud.several(row.statements, 'statement')} in {aloud.several(row.reports, 'report')}"
        runs = [Run(_name(row), "who"), Run(_about(row)), faint(f" · {counted}")]
        lines += hanging([faint(safe(row.id))], runs, width, 18)
    return painted(lines, colour=colour)


def _name(row: SpeakerRow) -> str:
    return safe(row.name) if row.name and row.naming != "unknown" else NAMELESS


def _about(row: SpeakerRow) -> str:
    """What is known of somebody: unnamed, a role, a side, that they have no public role."""
    party = f"speaks for {row.party}" if row.party else ""
    naming = aloud.said(aloud.NAMINGS, row.naming) if row.naming != "unknown" else ""
    told = [naming, row.role or "", party, "no public role" if row.private else ""]
    return safe("".join(f" · {part}" for part in told if part))


def page(shown: SpeakerPage, reports: Reports = NO_REPORTS, *, width: int = 80, colour: bool = False) -> str:
    """One who speaks: names, sides and channels with how often, then each statement with its place."""
    width = min(max(width, NARROWEST), WIDEST)
    row = shown.row
    lines = [*titled(_name(row), safe(row.id), width), *_facts(shown, width), []]
    lines += titled("Said", aloud.several(row.statements, "statement"), width)
    for said in shown.said:
        lines += _said(said, reports, width)
    if shown.more:
        lines += wrap([faint(f"and more: {len(shown.said):,} are shown; --limit sets how many")], width)
    return painted(lines, colour=colour)


def _facts(shown: SpeakerPage, width: int) -> list[Line]:
    hands = (
        f"{shown.first_hand:,} heard by the report itself, {shown.relayed:,} told by somebody else in it, "
        f"{shown.copied:,} in copies"
    )
    facts = [
        ("Moved", shown.moved or ""),
        ("Known as", _about(shown.row).removeprefix(" · ")),
        ("Spelled", ", ".join(shown.spellings)),
        ("Side", _tally(shown.parties)),
        ("Roles", _tally(shown.roles)),
        ("Acts", _tally(tuple((aloud.said(aloud.ACTS, act), count) for act, count in shown.acts))),
        ("Channels", _tally(shown.channels)),
        ("Printed by", _tally(shown.publishers)),
        ("How near", hands),
    ]
    return [line for label, told in facts if told for line in hanging([faint(label)], [Run(safe(told))], width, LABELS)]


def _tally(tally: Tally) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in tally)


def _as_said(saying: Saying, words: str) -> str:
    """Words spoken in quotation marks; a report's paraphrase never in any."""
    told = quoted(words, WORDS_SHOWN)
    return told if saying.quotation in ("direct", "mixed") else told.strip("“”")


def _said(said: Said, reports: Reports, width: int) -> list[Line]:
    """One statement: when it was printed, the act, the words, where they stand."""
    saying = said.saying
    act = aloud.said(aloud.SILENCES, saying.silence) if saying.silence else aloud.said(aloud.ACTS, saying.act)
    words = " … ".join(_as_said(saying, one.words) for one in saying.words)
    spans = [words.span for words in (*saying.words, *(one for one in (saying.cue, saying.sentence) if one))]
    at = f"{reports.at(Anchor(said.report, spans[0]))}" if spans else reports.short(said.report)
    marks = [mark for mark, holds in (("told by another", said.relayed), ("in a copy", said.copied)) if holds]
    tail = "".join(f" [{mark}]" for mark in marks)
    by = safe(said.publisher or "publisher not known")
    runs = [
        Run(act, "against" if saying.act in aloud.AGAINST else "act"),
        Run(f" {words} "),
        faint(f"{at} · {by}, {aloud.published(said.published)}{tail}"),
    ]
    return hanging([faint("·")], runs, width, 2)
