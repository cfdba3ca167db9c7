"""What a case holds, as a page for a terminal: counts, dates, what failed, and what each publisher covers over time.

Coverage is drawn so that silence is not read as peace: of a week without a report of a publisher, the case
knows nothing from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sayso.export import aloud
from sayso.export.ink import Line, Run, columns, hanging, indented, painted, safe, titled, wrap
from sayso.export.pointing import faint
from sayso.export.terminal import NARROWEST, WIDEST
from sayso.ledger.asking.answers import CaseInfo, Coverage, Gap, Tally
from sayso.ledger.asking.failed import Failed

LABELS, NAMES = 14, 24
BARS = "▁▂▃▄▅▆▇█"
EMPTY = "·"
WEEK = timedelta(days=7)
GAPS_SHOWN = 4
LEGEND = "One sign for {} from {}, higher for more reports; · where the case holds none, which tells nothing of peace."


def page(info: CaseInfo, failed: Sequence[Failed] = (), *, width: int = 80, colour: bool = False) -> str:
    """The whole page. `failed` are some of what could not be read, each told with its reason."""
    width = min(max(width, NARROWEST), WIDEST)
    facts = dict(info.facts)
    lines = titled(safe(facts.get("title") or "Case"), safe(info.folder), width)
    lines += [line for label, told in _facts(info) if told for line in _labelled(label, told, width)]
    if info.failures:
        lines += [[], *titled("Not read", f"{sum(count for _, count in info.failures):,}", width)]
        for why, count in info.failures:
            lines += hanging([Run(f"{count:,}", "bad")], [Run(safe(why.replace("_", " ")))], width, 6)
    lines += [line for one in failed for line in _failed(one, width)]
    return painted([*lines, [], *coverage_lines(info.coverage, width)], colour=colour)


def _facts(info: CaseInfo) -> list[tuple[str, str]]:
    facts = dict(info.facts)
    made = " ".join(
        part for part in (facts.get("made_at", ""), "by " + facts["made_by"] if "made_by" in facts else "") if part
    )
    dated = f"{_long(info.first)} to {_long(info.last)}" if info.first and info.last else "no report has a date"
    return [
        ("Made", f"{made}, with {facts['made_with']}" if made and "made_with" in facts else made),
        ("Kept in", info.database),
        ("Holds", _tally(tuple((name, count) for name, count in info.counts if count))),
        ("Reports of", dated),
        ("Dates by", _tally(tuple((aloud.said(aloud.BASES, basis), count) for basis, count in info.dated_by))),
        ("Formats", _tally(info.media_types)),
        ("Languages", _tally(info.languages)),
        ("Added by", _tally(info.added_by)),
    ]


def _failed(one: Failed, width: int) -> list[Line]:
    """Where it came from and why it gave no report; the reason may name the place itself."""
    where = " ".join(part for part in (one.url or one.path or "standard input", one.locator or "") if part)
    told = one.says if where in one.says else f"{where}: {one.says}"
    return hanging([faint("·")], [Run(safe(told)), faint(f" ({one.at[:10]})")], width, 6)


def _labelled(label: str, told: str, width: int) -> list[Line]:
    return hanging([faint(label)], [Run(safe(told))], width, LABELS)


def _tally(tally: Tally) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in tally)


def _long(iso: str | None) -> str:
    return aloud.stretch(iso[:10], str(date.fromisoformat(iso[:10]) + timedelta(days=1))) if iso else ""


# Coverage


def coverage_lines(coverage: Sequence[Coverage], width: int) -> list[Line]:
    """What the case holds of each publisher, week by week, and the weeks it holds nothing of."""
    lines = titled("Coverage", aloud.several(len(coverage), "publisher"), width)
    mondays = [date.fromisoformat(week.monday) for one in coverage for week in one.weeks]
    if not mondays:
        return [*lines, *wrap([faint("No report has a date, so nothing can be said of when is covered.")], width)]
    names = min(NAMES, width // 3)
    first, last = min(mondays), max(mondays)
    weeks = (last - first).days // 7 + 1
    each = -(-weeks // max(1, width - names - 8))
    per = "each week" if each == 1 else f"every {each} weeks"
    lines += wrap([faint(LEGEND.format(per, _long(str(first))))], width)
    most = max(max(_cells(one, first, weeks, each), default=0) for one in coverage)
    for one in coverage:
        lines += _one(one, _cells(one, first, weeks, each), most, names, width)
    return lines


def _cells(one: Coverage, first: date, weeks: int, each: int) -> list[int]:
    """How many reports in each run of weeks."""
    cells = [0] * -(-weeks // each)
    for week in one.weeks:
        cells[(date.fromisoformat(week.monday) - first).days // 7 // each] += week.reports
    return cells


def _one(one: Coverage, cells: Sequence[int], most: int, names: int, width: int) -> list[Line]:
    name = safe(one.publisher or "publisher not known")
    label = name if columns(name) < names else name[: names - 2] + "…"
    drawn = "".join(bar(count, most) for count in cells)
    undated = f" ({one.undated:,} undated)" if one.undated else ""
    lines = hanging([Run(label, "who")], [Run(drawn), faint(f" {one.reports:,}{undated}")], width, names)
    for gap in one.gaps[:GAPS_SHOWN]:
        lines += indented(wrap([Run(_gap(gap), "unsure")], width - names), names)
    if len(one.gaps) > GAPS_SHOWN:
        lines += indented(wrap([faint(f"and {len(one.gaps) - GAPS_SHOWN} more such gaps")], width - names), names)
    return lines


def bar(count: int, most: int) -> str:
    """One cell of a row: a dot for none, a higher bar for more.

    >>> bar(0, 9), bar(1, 9), bar(9, 9)
    ('·', '▁', '█')
    """
    return BARS[round((count - 1) / max(1, most - 1) * (len(BARS) - 1))] if count else EMPTY


def _gap(gap: Gap) -> str:
    ends = date.fromisoformat(gap.last) + WEEK
    return f"nothing {aloud.stretch(gap.first, str(ends))} ({aloud.several(gap.weeks, 'week')})"
