"""The accounts of an incident side by side: how each origin stands to the others on each question, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.export import aloud
from sayso.export.ink import Line, Run, beside, columns, hanging, indented, safe, titled, wrap
from sayso.export.pointing import Reports, faint, mark, quoted, when
from sayso.record import FIELDS, Account, Anchor, Cell, Incident, Origin, Utterance

SIGNS = {"agrees": "=", "differs": "≠", "denies": "✗", "could_not_verify": "?", "silent": "·"}
STYLES = {"differs": "unsure", "denies": "bad", "could_not_verify": "unsure", "silent": "faint"}
LEGEND = {
    "agrees": "= agrees",
    "differs": "≠ differs",
    "denies": "✗ denies",
    "could_not_verify": "? could not verify",
    "silent": "· silent",
}
QUESTIONS = {
    "whether": "did it happen",
    "what": "what",
    "when": "when",
    "where": "where",
    "by_whom": "by whom",
    "to_whom": "to whom",
    "with_what": "with what",
    "how_many": "how many",
}
POSITIONS = {
    "party": "speaks for a party",
    "witness": "witness",
    "outside": "outside the parties",
    "newsroom": "newsroom, in its own voice",
    "relay": "hands on what others say",
    "unknown": "position not known",
}
TABLE_FROM, LABELS, COLUMN = 40, 18, 3
"""Cells from which the table of signs is drawn, cells its questions take, cells an origin takes in it."""
SIDE_BY_SIDE = 24
"""Cells that an origin's values need to stand in a column of their own."""
WORDS_SHOWN = 70
Row = tuple[str, str | None]


def letters(incident: Incident) -> dict[str, str]:
    """The letter of each origin, by its id."""
    return {origin.id: mark(number) for number, origin in enumerate(incident.origins)}


# The matrix


def matrix_lines(incident: Incident, reports: Reports, width: int) -> list[Line]:
    """Questions by origins: values in columns where there is room, else signs in a table and values below."""
    cells = {(cell.field, cell.of, cell.origin): cell for cell in incident.matrix}
    rows = _rows(incident.matrix)
    if not rows:
        return []
    lines = titled("Accounts side by side", aloud.several(len(incident.origins), "origin"), width)
    lines += wrap([faint(_legend(incident.matrix))], width)
    if LABELS + SIDE_BY_SIDE * len(incident.origins) <= width:
        return lines + _columns(incident, cells, reports, width)
    if width >= TABLE_FROM:
        lines += [*_signs(incident, rows, cells, width), []]
    for row in rows:
        lines += _stacked(incident, row, cells, reports, width)
    return lines


def _rows(matrix: Sequence[Cell]) -> list[Row]:
    """What is asked and answered by anybody, in the order of `FIELDS`."""
    told = dict.fromkeys((cell.field, cell.of) for cell in matrix if cell.verdict != "silent")
    return sorted(told, key=lambda row: (FIELDS.index(row[0]), row[1] or ""))


def _legend(matrix: Sequence[Cell]) -> str:
    met = {cell.verdict for cell in matrix} | {"silent"}
    return "   ".join(says for verdict, says in LEGEND.items() if verdict in met)


def question(row: Row) -> str:
    """What a row asks.

    >>> question(("how_many", "killed")), question(("by_whom", None))
    ('how many killed', 'by whom')
    """
    asked = QUESTIONS.get(row[0], row[0].replace("_", " "))
    return f"{asked} {row[1].replace('_', ' ')}" if row[1] else asked


def _signs(
    incident: Incident, rows: Sequence[Row], cells: dict[tuple[str, str | None, str], Cell], width: int
) -> list[Line]:
    """One sign for each origin and question; more origins than there is room for go into further tables."""
    room = max(1, (width - LABELS) // COLUMN)
    marks = letters(incident)
    lines: list[Line] = []
    for start in range(0, len(incident.origins), room):
        origins = incident.origins[start : start + room]
        if start:
            lines.append([])
        lines.append([Run(" " * LABELS), *(Run(f"{marks[origin.id]:<{COLUMN}}", "who") for origin in origins)])
        for row in rows:
            label = _fitting(question(row), LABELS - 1)
            found = [cells.get((*row, origin.id)) for origin in origins]
            lines.append([Run(f"{label:<{LABELS}}"), *map(_sign, found)])
    return lines


def _fitting(text: str, room: int) -> str:
    text = safe(text)
    return text if columns(text) <= room else text[: room - 1] + "…"


def _sign(cell: Cell | None) -> Run:
    verdict = cell.verdict if cell else "silent"
    return Run(f"{SIGNS.get(verdict, verdict[:1]):<{COLUMN}}", STYLES.get(verdict, ""))


def _stacked(
    incident: Incident, row: Row, cells: dict[tuple[str, str | None, str], Cell], reports: Reports, width: int
) -> list[Line]:
    """One question, and below it every answer with the origins that give it and where they do."""
    marks = letters(incident)
    lines = wrap([Run(question(row), "heading")], width)
    found = [cell for origin in incident.origins if (cell := cells.get((*row, origin.id))) and cell.verdict != "silent"]
    groups = _same(found)
    by = min(LABELS, max((len(_by(group, marks)) for group in groups), default=0) + 3)
    for group in groups:
        sign = Run(SIGNS.get(group[0].verdict, "="), STYLES.get(group[0].verdict, ""))
        label = [Run(_by(group, marks), "who"), Run(" "), sign]
        lines += indented(hanging(label, list(_value(group, marks, reports)), width - 2, by), 2)
    silent = [marks[origin.id] for origin in incident.origins if origin.id not in {cell.origin for cell in found}]
    if silent:
        lines += indented(wrap([faint(f"silent: {', '.join(silent)}")], width - 2), 2)
    return lines


def _by(group: Sequence[Cell], marks: dict[str, str]) -> str:
    return ", ".join(marks[cell.origin] for cell in group)


def _same(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Cells that say the same with the same verdict, together."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Cell]] = {}
    for cell in cells:
        groups.setdefault((cell.verdict, cell.says, cell.against), []).append(cell)
    return list(groups.values())


def _value(group: Sequence[Cell], marks: dict[str, str], reports: Reports) -> Iterator[Run]:
    first = group[0]
    yield Run(safe(first.says) or first.verdict.replace("_", " "))
    against = [marks[origin] for origin in first.against if origin in marks]
    if against:
        verb = "denies" if first.verdict == "denies" else "differs from"
        yield Run(f" ({aloud.agreeing(verb, many=len(group) > 1)} {', '.join(against)})", "unsure")
    for anchor in _places([cell.anchors for cell in group]):
        yield faint(f" · {quoted(anchor.words, WORDS_SHOWN)} {reports.at(anchor)}")
    more = sum(len(cell.anchors) for cell in group) - len(_places([cell.anchors for cell in group]))
    if more:
        yield faint(f" +{more}")


def _places(anchors: Sequence[Sequence[Anchor]]) -> list[Anchor]:
    """The first place of each origin."""
    return list(dict.fromkeys(several[0] for several in anchors if several))


def _columns(
    incident: Incident, cells: dict[tuple[str, str | None, str], Cell], reports: Reports, width: int
) -> list[Line]:
    """The values in columns, one an origin: few origins, much room."""
    marks = letters(incident)
    each = (width - LABELS) // len(incident.origins)
    head = [wrap([Run(f"{marks[origin.id]} {safe(origin.name)}", "who")], each - 2) for origin in incident.origins]
    lines = _row_of_columns([], head, each)
    for row in _rows(incident.matrix):
        label = wrap([faint(question(row))], LABELS - 1)
        found = [cells.get((*row, origin.id)) for origin in incident.origins]
        told = [wrap(list(_cell(cell, marks, reports)), each - 2) for cell in found]
        lines += _row_of_columns(label, told, each)
    return lines


def _row_of_columns(label: list[Line], told: Sequence[list[Line]], each: int) -> list[Line]:
    lines = label
    for number, block in enumerate(told):
        lines = beside(lines, block, LABELS + number * each)
    return lines


def _cell(cell: Cell | None, marks: dict[str, str], reports: Reports) -> Iterator[Run]:
    if cell is None or cell.verdict == "silent":
        yield faint("·")
        return
    yield Run(f"{SIGNS.get(cell.verdict, '=')} ", STYLES.get(cell.verdict, ""))
    yield from _value([cell], marks, reports)


# Who says so


def account_lines(incident: Incident, reports: Reports, width: int) -> list[Line]:
    """Each origin: who it is, in what position, through what and when, what it commits to, and where its words are."""
    if not incident.origins:
        return []
    accounts = {account.origin: account for account in incident.accounts}
    lines = titled("Who says so", aloud.several(len(incident.origins), "origin"), width)
    for number, origin in enumerate(incident.origins):
        told = [
            *wrap(list(_who(origin)), width - 4),
            *wrap([faint(_how(origin, accounts.get(origin.id)))], width - 4),
            *_words(origin, reports, width - 4),
        ]
        lines += beside([[Run(mark(number), "who")]], told, 4)
    return lines


def _who(origin: Origin) -> Iterator[Run]:
    yield Run(safe(origin.name) or "somebody not named", "who")
    unnamed = aloud.said(aloud.NAMINGS, origin.naming) if origin.naming in ("group", "described") else ""
    about = [unnamed, origin.role or "", position(origin), "no public role" if origin.private else ""]
    yield Run(safe(" · ".join(["", *(part for part in about if part)])))


def position(origin: Origin) -> str:
    """Where an origin stands to the conflict, and why that is said of it."""
    told = f"speaks for {origin.party}" if origin.position == "party" and origin.party else POSITIONS[origin.position]
    return f"{told} ({origin.basis})" if origin.basis else told


def _how(origin: Origin, account: Account | None) -> str:
    through = [via.name or via.kind.replace("_", " ") for via in origin.via]
    parts = [
        f"tells it as: {aloud.said(aloud.STATUSES, account.status)}" if account else "gives no account of it",
        f"through {aloud.listed(through)}" if through else "",
        when(origin.when),
    ]
    return safe(" · ".join(part for part in parts if part))


def _words(origin: Origin, reports: Reports, width: int) -> list[Line]:
    """Where its words stand: each telling once, and how many copies repeat them."""
    own = _once([utterance for utterance in origin.utterances if not utterance.copied]) or _once(origin.utterances[:1])
    lines: list[Line] = []
    for utterance in own:
        words = f"{quoted(utterance.anchor.words, 2 * WORDS_SHOWN)} "
        lines += wrap([Run(words, "quoted"), faint(reports.at(utterance.anchor))], width)
    copied = {utterance.anchor.report for utterance in origin.utterances} - {one.anchor.report for one in own}
    if copied:
        named = ", ".join(map(reports.short, sorted(copied)))
        lines += wrap([faint(f"+{aloud.several(len(copied), 'copy', 'copies')}: {named}")], width)
    return lines


def _once(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Each stretch once, however many events are told in it."""
    return list({utterance.anchor: utterance for utterance in utterances}.values())
