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
VALUES = 9
"""Cells before the values below the table; more origins than fit there stand on a line above."""
SIDE_BY_SIDE = 24
"""Cells that an origin's values need to stand in a column of their own."""
WORDS_SHOWN = 70
QUOTED_AT_MOST = 3
"""Places of one answer that stand with their words; of more the places alone are listed."""
NAMED_AT_MOST = 5
Row = tuple[str, str | None]
Cells = dict[tuple[str, str | None, str], list[Cell]]
"""The cells of a question and an origin: more than one where it could not be verified what somebody tells."""


def letters(incident: Incident) -> dict[str, str]:
    """The letter of each origin, by its id."""
    return {origin.id: mark(number) for number, origin in enumerate(incident.origins)}


# The matrix


def matrix_lines(incident: Incident, reports: Reports, width: int) -> list[Line]:
    """Questions by origins: values in columns where there is room, else signs in a table and values below."""
    cells: Cells = {}
    for cell in incident.matrix:
        cells.setdefault((cell.field, cell.of, cell.origin), []).append(cell)
    rows = rows_told(incident.matrix)
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


def rows_told(matrix: Sequence[Cell]) -> list[Row]:
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


def _signs(incident: Incident, rows: Sequence[Row], cells: Cells, width: int) -> list[Line]:
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
            found = [cells.get((*row, origin.id), []) for origin in origins]
            lines.append([Run(f"{label:<{LABELS}}"), *map(_sign, found)])
    return lines


def _fitting(text: str, room: int) -> str:
    text = safe(text)
    return text if columns(text) <= room else text[: room - 1] + "…"


def _sign(cells: Sequence[Cell]) -> Run:
    verdicts = list(dict.fromkeys(cell.verdict for cell in cells)) or ["silent"]
    signs = "".join(SIGNS.get(verdict, verdict[:1]) for verdict in verdicts)[: COLUMN - 1]
    return Run(f"{signs:<{COLUMN}}", STYLES.get(verdicts[0], ""))


def _stacked(incident: Incident, row: Row, cells: Cells, reports: Reports, width: int) -> list[Line]:
    """One question, and below it every answer with the origins that give it and where they do."""
    marks = letters(incident)
    lines = wrap([Run(question(row), "heading")], width)
    told = [cell for origin in incident.origins for cell in cells.get((*row, origin.id), [])]
    found = [cell for cell in told if cell.verdict != "silent"]
    groups = _same(found)
    by = min(VALUES, max((len(_by(group, marks)) for group in groups), default=0) + 3)
    for group in groups:
        sign = Run(SIGNS.get(group[0].verdict, "="), STYLES.get(group[0].verdict, ""))
        label = [Run(_by(group, marks), "who"), Run(" "), sign]
        lines += indented(hanging(label, list(_value(group, marks, reports)), width - 2, by), 2)
    silent = [marks[origin.id] for origin in incident.origins if origin.id not in {cell.origin for cell in found}]
    if silent:
        named = ", ".join(silent) if len(silent) <= NAMED_AT_MOST else f"the other {len(silent)}"
        lines += indented(wrap([faint(f"silent: {named}")], width - 2), 2)
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
    yield Run(answer_in_words(first))
    against = [marks[origin] for origin in first.against if origin in marks]
    if against:
        verb = "denies" if first.verdict == "denies" else "differs from"
        named = ", ".join(against) if len(against) <= NAMED_AT_MOST else f"{len(against)} others"
        yield Run(f" ({aloud.agreeing(verb, many=len(group) > 1)} {named})", "unsure")
    places = _places([cell.anchors for cell in group])
    if len(places) > QUOTED_AT_MOST:
        yield faint(f" · {', '.join(map(reports.at, places))}")
    else:
        yield from (faint(f" · {_words_of(anchor, first)}{reports.at(anchor)}") for anchor in places)
    more = len({anchor for cell in group for anchor in cell.anchors}) - len(places)
    if more:
        yield faint(f" +{more}")


def _words_of(anchor: Anchor, cell: Cell) -> str:
    """The words, unless they are the answer itself."""
    words = quoted(anchor.words, WORDS_SHOWN)
    return "" if not words or words.strip("“”").casefold() == answer_in_words(cell).casefold() else f"{words} "


def answer_in_words(cell: Cell) -> str:
    """The answer in words: kinds of the record in plain ones, what a report says as it says it."""
    if cell.field in ("whether", "what"):
        return safe(aloud.said(aloud.STATUSES, cell.says))
    return safe(cell.says) or cell.verdict.replace("_", " ")


def _places(anchors: Sequence[Sequence[Anchor]]) -> list[Anchor]:
    """The first place of each origin."""
    return list(dict.fromkeys(several[0] for several in anchors if several))


def _columns(incident: Incident, cells: Cells, reports: Reports, width: int) -> list[Line]:
    """The values in columns, one an origin: few origins, much room."""
    marks = letters(incident)
    each = (width - LABELS) // len(incident.origins)
    head = [wrap([Run(f"{marks[origin.id]} {safe(origin.name)}", "who")], each - 2) for origin in incident.origins]
    lines = _row_of_columns([], head, each)
    for row in rows_told(incident.matrix):
        label = wrap([faint(question(row))], LABELS - 1)
        found = [cells.get((*row, origin.id), []) for origin in incident.origins]
        told = [_block(several, marks, reports, each - 2) for several in found]
        lines += _row_of_columns(label, told, each)
    return lines


def _row_of_columns(label: list[Line], told: Sequence[list[Line]], each: int) -> list[Line]:
    lines = label
    for number, block in enumerate(told):
        lines = beside(lines, block, LABELS + number * each)
    return lines


def _block(cells: Sequence[Cell], marks: dict[str, str], reports: Reports, width: int) -> list[Line]:
    told = [cell for cell in cells if cell.verdict != "silent"]
    if not told:
        return [[faint(SIGNS["silent"])]]
    return [line for cell in told for line in wrap(list(_cell(cell, marks, reports)), width)]


def _cell(cell: Cell, marks: dict[str, str], reports: Reports) -> Iterator[Run]:
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
    """Where an origin stands to the conflict, and why that is said of it, unless that is the same."""
    told = f"speaks for {origin.party}" if origin.position == "party" and origin.party else POSITIONS[origin.position]
    if origin.basis == f"the report has them speak for {origin.party}":
        return f"{told}, as the report has it"
    return f"{told} ({origin.basis})" if origin.basis and origin.basis not in told else told


def _how(origin: Origin, account: Account | None) -> str:
    through = [aloud.through(via.kind, via.name) for via in origin.via]
    parts = [
        f"tells it as: {aloud.said(aloud.STATUSES, account.status)}" if account else "gives no account of it",
        ", ".join(through),
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
