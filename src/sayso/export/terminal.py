"""A reading as a page for a terminal: what the report is, who says what, what is told to have happened.

Pure: a `Reading` in, a text out. Direct speech stands in the text's own quotation marks, indirect speech
never in any; no event is shown without those who tell it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.export import aloud
from sayso.export.ink import (
    Line,
    Run,
    beside,
    columns,
    hanging,
    indented,
    painted,
    rule,
    safe,
    titled,
    wrap,
)
from sayso.export.why import why_lines
from sayso.record import (
    Check,
    Condition,
    Count,
    Cut,
    Event,
    Moment,
    Named,
    Party,
    Place,
    Quantity,
    Quotation,
    Reading,
    Source,
    Span,
    Statement,
    Told,
)

NARROWEST, WIDEST = 24, 120
WIDE, ROOMY = 100, 60
CUTS_SHOWN = 8
MOST_WORDS = 3
SHOWN_BY_WORDS = frozenset({"reworded", "translated", "garbled", "heading_damaged"})
"""The signs of damage of which the page shows the words, not only what they are."""
MARKS = {"“": "”", "„": "“", "«": "»", "‹": "›", "‘": "’", '"': '"', "'": "'", "”": "”", "»": "«", "「": "」"}
NAMELESS = "somebody not named"


def page(reading: Reading, *, width: int = 80, colour: bool = False) -> str:
    """The whole page, no line wider than `width` cells (24 at least); no escape in it unless `colour`."""
    shown = Shown(reading, min(max(width, NARROWEST), WIDEST))
    parts = (
        report_lines(shown),
        statement_lines(shown),
        unread_lines(shown),
        event_lines(shown),
        place_lines(shown),
        check_lines(shown),
        why_lines(reading, shown.width),
    )
    lines = [line for part in parts if part for line in [*part, []]]
    return painted(lines[:-1], colour=colour)


@dataclass(frozen=True)
class Shown:
    """A reading, how wide it is shown, and what is looked up in it again and again."""

    reading: Reading
    width: int

    @property
    def wide(self) -> bool:
        """Whether there is room for two columns."""
        return self.width >= WIDE

    @property
    def step(self) -> int:
        """How far one thing stands to the right of what holds it."""
        return 2 if self.width < ROOMY else 3

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources by id."""
        return {source.id: source for source in self.reading.sources}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """The statements by id."""
        return {statement.id: statement for statement in self.reading.statements}

    @cached_property
    def events(self) -> dict[str, Event]:
        """The events by id."""
        return {event.id: event for event in self.reading.events}

    @cached_property
    def places(self) -> dict[str, Place]:
        """The places by id."""
        return {place.id: place for place in self.reading.grounds.places}

    @cached_property
    def moments(self) -> dict[str, Moment]:
        """The moments by id."""
        return {moment.id: moment for moment in self.reading.grounds.moments}

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        """The quantities by id."""
        return {quantity.id: quantity for quantity in self.reading.grounds.quantities}

    def text(self, span: Span) -> str:
        """The words of a stretch, safe to show."""
        return safe(self.reading.page.report.text[span.start : span.end]).strip()

    def words(self, spans: Sequence[Span]) -> str:
        """The words of stretches, pieces set apart by dots."""
        return " … ".join(self.text(span) for span in spans)

    def who(self, statement: str | None) -> str:
        """The name of a statement's source; the newsroom's own voice by its name."""
        if statement is None:
            return f"{self.newsroom} itself"
        found = self.statements.get(statement)
        return self.name(found.source) if found else statement

    def name(self, source: str) -> str:
        """A source's name, or that it has none."""
        found = self.sources.get(source)
        return safe(found.name) if found and found.name and found.naming != "unknown" else NAMELESS

    @cached_property
    def newsroom(self) -> str:
        """The name of the outlet whose own voice the report is."""
        speaking = [source.name for source in self.reading.sources if source.naming == "newsroom"]
        publisher = self.reading.page.publisher
        return safe(publisher.name if publisher else speaking[0] if speaking else "the newsroom")

    def section(self, at: int) -> str | None:
        """The id of the section a place of the text lies in."""
        inside = [section.id for section in self.reading.page.sections if section.span.start <= at < section.span.end]
        return inside[-1] if inside else None


# What the report is


def report_lines(shown: Shown) -> list[Line]:
    """Title, publisher, people, date, how it was obtained, its condition, what was cut and lost."""
    page = shown.reading.page
    title = safe(page.title.name) if page.title else "Untitled report"
    lines = [*wrap([Run(title, "heading")], shown.width), _rule(shown, "━")]
    for label, value in _facts(shown):
        lines += _labelled(shown, label, [Run(value)])
    for number, sign in enumerate(page.condition):
        lines += _labelled(shown, "" if number else "Condition", [Run(_condition(shown, sign), "unsure")])
    lines += _cut_lines(shown, page.cuts)
    for problem in shown.reading.problems:
        lines += _labelled(shown, "Problem", [Run(safe(problem.says), "bad")])
    return lines


def _condition(shown: Shown, sign: Condition) -> str:
    """What a sign says, with the first words that show it where they are few."""
    says = safe(sign.says) or aloud.said(aloud.CONDITIONS, sign.kind)
    if sign.kind not in SHOWN_BY_WORDS:
        return says
    words = dict.fromkeys(shown.text(span) for span in sign.spans)
    return f"{says} {', '.join(f'“{each}”' for each in list(words)[:MOST_WORDS] if each)}".rstrip()


def _facts(shown: Shown) -> list[tuple[str, str]]:
    page = shown.reading.page
    report = page.report
    known = shown.reading.grounds.published or page.published
    grounds = f" ({_date_basis(shown)})" if known.earliest or known.latest else ""
    dateline = shown.reading.grounds.dateline or page.dateline
    obtained = report.obtained
    how = f"{report.media_type}, {obtained.encoding}" + (f", text by {obtained.by}" if obtained.by else "")
    facts = [
        ("From", _names([page.publisher]) if page.publisher else "publisher not known"),
        ("Crediting", _names(page.agencies)),
        ("By", _names(page.writers)),
        ("Edited by", _names(page.editors)),
        ("With", _names(page.contributors)),
        ("Published", aloud.published(known) + grounds),
        ("Dateline", shown.text(dateline.span) if dateline else ""),
        ("Address", safe(page.url or "")),
        ("File", safe(f"{report.path} · {how}" if report.path else how)),
    ]
    return [(label, value) for label, value in facts if value]


def _date_basis(shown: Shown) -> str:
    known = shown.reading.grounds.published or shown.reading.page.published
    basis = aloud.said(aloud.BASES, known.basis)
    return f"{basis}: {shown.words(known.spans)}" if known.spans else basis


def _names(names: Iterable[Named | None]) -> str:
    shown = []
    for named in names:
        if named is not None:
            beside = {"given": " (given by you)", "metadata": " (from metadata)"}.get(named.basis, "")
            shown.append(safe(named.name) + beside)
    return aloud.listed(shown)


def _cut_lines(shown: Shown, cuts: Sequence[Cut]) -> list[Line]:
    if not cuts:
        return []
    tally = Counter(cut.why for cut in cuts)
    kinds = aloud.listed([aloud.several(count, *aloud.CUTS.get(why, (why,))) for why, count in tally.items()])
    lines = _labelled(shown, "Cut", [Run(f"{kinds}, left out of the reading and kept in the text:")])
    for cut in cuts[:CUTS_SHOWN]:
        lines += indented(_one_line([Run(shown.text(cut.span), "faint")], shown.width - 14), 14)
    if len(cuts) > CUTS_SHOWN:
        lines += indented([[Run(f"and {len(cuts) - CUTS_SHOWN} more", "faint")]], 14)
    return lines


def _one_line(runs: list[Run], width: int) -> list[Line]:
    """The first line of the runs, ended by dots where there is more."""
    lines = wrap(runs, width)
    if len(lines) == 1:
        return lines
    first = wrap(runs, width - 2)[0]
    return [[*first, Run(" …", runs[-1].style)]]


def _labelled(shown: Shown, label: str, runs: list[Run]) -> list[Line]:
    return hanging([Run(label, "faint")], runs, shown.width, 12)


# Who says what


def statement_lines(shown: Shown) -> list[Line]:
    """Every statement in the order of the text, those inside another's words below it."""
    statements = shown.reading.statements
    if not statements:
        return [*_title(shown, "Statements", ""), *wrap([Run("No statement was found.", "faint")], shown.width)]
    speakers = len({statement.source for statement in statements})
    tally = f"{len(statements):,} by {aloud.several(speakers, 'source')}"
    lines = _title(shown, "Statements", tally)
    before: str | None = None
    section: str | None = None
    for statement, depth in _in_order(statements):
        inside = shown.section(_at(statement)) if depth == 0 else section
        if inside != section:
            lines += _section_lines(shown, inside)
            section, before = inside, None
        new = statement.source != before
        if new and lines[-1] and (depth == 0 or shown.wide):
            lines.append([])
        lines += _statement(shown, statement, depth, with_who=new)
        before = statement.source
    return lines


def _in_order(statements: Sequence[Statement]) -> list[tuple[Statement, int]]:
    """Statements in text order, each followed by those within it, with how deep each lies."""
    inner: dict[str, list[Statement]] = {}
    ids = {statement.id for statement in statements}
    for statement in sorted(statements, key=_at):
        if statement.within in ids and statement.within != statement.id:
            inner.setdefault(str(statement.within), []).append(statement)
    ordered: list[tuple[Statement, int]] = []
    seen: set[str] = set()

    def follow(statement: Statement, depth: int) -> None:
        if statement.id in seen:
            return
        seen.add(statement.id)
        ordered.append((statement, depth))
        for nested in inner.get(statement.id, []):
            follow(nested, depth + 1)

    roots = [statement for statement in statements if statement.within not in ids]
    # Those that a ring of `within` would hide come last: nothing vanishes.
    for statement in [*sorted(roots, key=_at), *sorted(statements, key=_at)]:
        follow(statement, 0)
    return ordered


def _at(statement: Statement) -> int:
    spans = [*statement.words, *(span for span in (statement.who, statement.cue) if span)]
    return min((span.start for span in spans), default=0)


def _section_lines(shown: Shown, section: str | None) -> list[Line]:
    heading = next((found.heading for found in shown.reading.page.sections if found.id == section), None)
    if heading is None:
        return []
    return [[], *wrap([Run("§ " + shown.text(heading), "faint")], shown.width)]


def _statement(shown: Shown, statement: Statement, depth: int, *, with_who: bool) -> list[Line]:
    who = _who(shown, statement.source) if with_who else []
    deep = min(depth, 3) * 2
    if shown.wide:
        left = [line for runs in who for line in wrap(runs, 32 - deep)]
        right = _said(shown, statement, shown.width - 36)
        return beside(indented(left, deep), indented(right, deep), 36) if deep == 0 else _nested(left, right, deep)
    lines = [line for runs in who for line in wrap(runs, shown.width - deep)]
    lines += indented(_said(shown, statement, shown.width - deep - shown.step), shown.step)
    return indented(lines, deep)


def _nested(left: list[Line], right: list[Line], deep: int) -> list[Line]:
    return beside(indented(left, deep), right, 36)


def _who(shown: Shown, source: str) -> list[list[Run]]:
    """The speaker: name, what is known of it, and the side it speaks for with the ground for that."""
    found = shown.sources.get(source)
    if found is None:
        return [[Run(source, "who")]]
    name = Run(shown.name(source), "who")
    about = [safe(found.role or ""), aloud.said(aloud.NAMINGS, found.naming), "no public role" * found.private]
    members = [shown.name(member) for member in found.members]
    if any(member not in name.text for member in members):
        about.append(f"that is {aloud.listed(members)}")
    if found.also:
        about.append(f"also {safe(', '.join(found.also))}")
    verb = aloud.agreeing("speaks", many=found.plural)
    if found.party:
        about.append(f"{verb} for {safe(found.party)}{_basis(shown, found)}")
    told = " · ".join(part for part in about if part)
    return (
        [[name], [Run(told, "faint")]] if shown.wide and told else [[name, Run(f", {told}" if told else "", "faint")]]
    )


def _basis(shown: Shown, source: Source) -> str:
    """Why it is taken to speak for its side; nothing where its own name says so."""
    basis = source.party_basis
    if basis is None:
        return ""
    if basis.span is None:
        return f" (row {safe(basis.row)})" if basis.row else ""
    words = shown.text(basis.span)
    return "" if words in shown.name(source.id) else f" (the text: {words})"


def _said(shown: Shown, statement: Statement, width: int) -> list[Line]:
    """One statement: how it is said, the words, and what must be kept in mind about it."""
    number = [Run(statement.id, "faint")]
    by = max(5, columns(statement.id) + 1)
    lines = hanging(number, how(shown, statement), width, by)
    words = quoted(shown, statement)
    if words:
        style = "quoted" if statement.quotation == "direct" else ""
        lines += indented(wrap([Run(words, style), *_wording(statement)], width - by), by)
    for remark in _remarks(shown, statement):
        lines += indented(hanging([Run("↳", "unsure")], [Run(remark, "unsure")], width - by, 2), by)
    return lines


def _wording(statement: Statement) -> list[Run]:
    """A warning beside quotation marks that may not hold the words spoken."""
    if statement.quotation in ("direct", "mixed") and statement.wording in ("reworded", "translated"):
        return [Run(f" [{statement.wording}]", "faint")]
    return []


def how(shown: Shown, statement: Statement) -> list[Run]:
    """The act, the channel, to whom and where, ended by a colon where words follow."""
    act = aloud.said(aloud.ACTS, statement.act)
    words = shown.words(statement.words)
    if statement.act == "cannot_verify" and aloud.VERIFYING.search(words):
        act = "could not"  # the words go on "independently verify …"
        if statement.who is not None and aloud.NEITHER.match(shown.text(statement.who)):
            act = "could"  # "neither government could: confirm it"
    if statement.act == "labels" and statement.quotation != "direct":
        act = "calls"  # the words hold what is called so
    if statement.silence:
        table = aloud.SILENT_ON if aloud.SPEAKING.match(words) else aloud.SILENCES
        act = aloud.said(table, statement.silence)
    source = shown.sources.get(statement.source)
    if statement.act in aloud.TOWARD and statement.to:
        act = aloud.TOWARD[statement.act]
    act = aloud.agreeing(act, many=source is not None and source.plural)
    runs = [Run(act, "against" if statement.act in aloud.AGAINST else "act")]
    details = [aloud.channel(via, safe(via.name) if via.name else None) for via in statement.via]
    # "told a press conference" is one stretch, both channel and addressee: said once.
    heard = [one.span for one in statement.to if all(one.span != via.span for via in statement.via)]
    hearers = aloud.listed([_unled(shown.text(span)) for span in heard])
    if hearers and statement.act in aloud.TOWARD:
        details.insert(0, hearers)
    elif hearers:
        details.append(f"to {hearers}")
    if statement.said_where in shown.places:
        details.append(f"in {safe(shown.places[statement.said_where].name)}")
    if details:
        runs.append(Run(" " + ", ".join(details), "faint"))
    return [*runs, Run(":", "faint")] if statement.words else runs


def _unled(addressee: str) -> str:
    return addressee.removeprefix("to ")


def quoted(shown: Shown, statement: Statement) -> str:
    """The words, as they stand; those lifted out of a quotation get back the marks they stood in."""
    if statement.quotation not in ("direct", "mixed"):
        return shown.words(statement.words)
    return " … ".join(_marked(shown, span) for span in statement.words)


def _marked(shown: Shown, span: Span) -> str:
    text = shown.reading.page.report.text
    opening, closing = "", ""
    for quotation in shown.reading.quotations or shown.reading.page.quotations:
        if quotation.depth or quotation.span.end <= span.start or quotation.span.start >= span.end:
            continue
        first, last = _marks_of(text, quotation)
        if quotation.span.start < span.start:
            opening = first
        if not quotation.closed or span.end < quotation.span.end:
            closing = last
    return f"{opening}{shown.text(span)}{closing}"


def _marks_of(text: str, quotation: Quotation) -> tuple[str, str]:
    """The marks round a quotation; one that is never closed gets the partner of its first."""
    first = text[quotation.span.start]
    first = first if first in MARKS else "“"
    last = text[quotation.span.end - 1]
    return first, last if quotation.closed and last in MARKS.values() else MARKS[first]


def _remarks(shown: Shown, statement: Statement) -> list[str]:
    remarks = []
    if statement.within:
        remarks.append(f"within the words of {shown.who(statement.within)} ({statement.within})")
    if statement.said_at in shown.moments:
        remarks.append(f"said {_when(shown, shown.moments[statement.said_at])}")
    if reaches := reach(shown, statement):
        remarks.append(reaches)
    if statement.hedges:
        remarks.append(f"hedged: {shown.words(statement.hedges)}")
    remarks += [f"doubt: {doubt.replace('_', ' ')}" for doubt in statement.doubts]
    return remarks


def reach(shown: Shown, statement: Statement) -> str:
    """What a denial, a caveat or a silence reaches, in words; "" for a statement that reaches nothing."""
    if statement.covers:
        return f"covers {_covered(shown, statement)}"
    if statement.reach == "general":
        return "in general: no one telling is named"
    return "which tellings this covers is not known" if statement.act == "cannot_verify" else ""


def _covered(shown: Shown, statement: Statement) -> str:
    statements = [shown.statements[found] for found in statement.covers if found in shown.statements]
    events = [shown.events[found] for found in statement.covers if found in shown.events]
    others = [found for found in statement.covers if found not in shown.statements and found not in shown.events]
    parts = []
    if statements:
        tellers = _by_source(shown, statements)
        parts.append(f"{aloud.several(len(statements), 'statement')}{_side(statement, statements)}: {tellers}")
    if events:
        kinds = ", ".join(f"{found.id} {_kind(found).lower()}" for found in events)
        parts.append(f"{aloud.several(len(events), 'event')}: {kinds}")
    if others:
        headings = {section.id: section.heading for section in shown.reading.page.sections}
        named = [f"the section {shown.text(span)}" if (span := headings.get(found)) else found for found in others]
        parts.append(f"{aloud.listed(named)}, all of it" if len(named) == 1 else aloud.listed(named))
    general = " (in general)" if statement.reach == "general" else ""
    return "; ".join(parts) + general


def _by_source(shown: Shown, statements: Sequence[Statement]) -> str:
    """Statements by who made them: "st1 Ana Reva; st3, st4 the Upland army"."""
    made: dict[str, list[str]] = {}
    for statement in statements:
        made.setdefault(shown.name(statement.source), []).append(statement.id)
    return "; ".join(f"{', '.join(ids)} {name}" for name, ids in made.items())


def _side(statement: Statement, covered: Sequence[Statement]) -> str:
    if all(_at(found) < _at(statement) for found in covered):
        return " above"
    return " below" if all(_at(found) > _at(statement) for found in covered) else ""


def unread_lines(shown: Shown) -> list[Line]:
    """The quotations that belong to no statement, each with why."""
    unread = [found for found in shown.reading.quotations if found.why_unread and not found.statement]
    if not unread:
        return []
    lines = _title(shown, "Quotations not read", str(len(unread)))
    for quotation in unread:
        why = safe(str(quotation.why_unread)).replace("_", " ")
        lines += wrap([Run(shown.text(quotation.span)), Run(f" ({why})", "faint")], shown.width)
    return lines


# What is told to have happened


def event_lines(shown: Shown) -> list[Line]:
    """Every event with who, whom, where, when, how many, and always those who tell it."""
    events = shown.reading.events
    if not events:
        return [*_title(shown, "Events", ""), *wrap([Run("No event was found.", "faint")], shown.width)]
    lines = _title(shown, "Events", f"{len(events):,}, each as told")
    for number, event in enumerate(sorted(events, key=lambda found: found.trigger)):
        if number:
            lines.append([])
        lines += _event(shown, event)
    return lines


def _event(shown: Shown, event: Event) -> list[Line]:
    by = max(5, columns(event.id) + 1)
    style = {"disputed": "bad", "happened": "", "ongoing": ""}.get(event.status, "unsure")
    trigger = shown.text(event.trigger)
    head = [Run(_kind(event), "who")]
    if trigger.lower() != _kind(event).lower():
        head.append(Run(f" ({trigger})", "faint"))
    if event.background:
        head.append(Run(" · background", "faint"))
    state = [Run(" · ", "faint"), Run(aloud.said(aloud.STATUSES, event.status), style)]
    facts = _event_facts(shown, event)
    if shown.wide:
        left = hanging([Run(event.id, "faint")], [*head, *state], 34, by)
        right = [line for label, runs in facts for line in hanging([Run(label, "faint")], runs, shown.width - 36, 12)]
        return beside(left, right, 36)
    lines = hanging([Run(event.id, "faint")], [*head, *state], shown.width, by)
    for label, runs in facts:
        lines += indented(hanging([Run(label, "faint")], runs, shown.width - by, 11), by)
    return lines


def _event_facts(shown: Shown, event: Event) -> list[tuple[str, list[Run]]]:
    facts: list[tuple[str, list[Run]]] = []
    agents = [_party(shown, event, agent) for agent in event.agents]
    targets = [_party(shown, event, target) for target in event.targets]
    if agents or targets:
        does = "; ".join(agents) or "somebody not named"
        facts.append(("who → whom", [Run(f"{does} → {'; '.join(targets)}" if targets else does)]))
    if event.weapons:
        facts.append(("with", [Run("; ".join(shown.text(weapon) for weapon in event.weapons))]))
    if event.places:
        facts.append(("where", [Run("; ".join(_event_place(shown, at.place, at.role) for at in event.places))]))
    if event.when in shown.moments:
        facts.append(("when", [Run(_when(shown, shown.moments[event.when]))]))
    for count in event.counts:
        counted = _counted(shown, count) + _tellers(shown, event, count.told)
        facts.append((aloud.said({}, count.of), [Run(counted)]))
    for number, told in enumerate(event.told):
        facts.append(("as told by" if number == 0 else "", _teller(shown, told)))
    if not event.told:
        facts.append(("as told by", [Run("nobody named: who tells this is not known", "unsure")]))
    facts += [("doubt", [Run(doubt.replace("_", " "), "unsure")]) for doubt in event.doubts]
    return facts


def _counted(shown: Shown, count: Count) -> str:
    """How many of whom; the words for whom often begin with the number, which is not said twice."""
    found, whom = shown.quantities.get(count.quantity), count.whom
    amount = aloud.quantity(found) if found else safe(count.quantity)
    if whom is None:
        return amount
    if found and whom.start <= found.span.start and found.span.end <= whom.end:
        whom = Span(found.span.end, whom.end)
    return f"{amount} {shown.text(whom)}".rstrip()


def _kind(event: Event) -> str:
    kind = safe(event.kind.replace("_", " "))
    return kind[:1].upper() + kind[1:]


def _party(shown: Shown, event: Event, party: Party) -> str:
    beside = [party.group.replace("_", " ") if party.group else "", party.party or "", "inferred" * party.inferred]
    extra = ", ".join(part for part in beside if part)
    return shown.text(party.span) + (f" ({safe(extra)})" if extra else "") + _tellers(shown, event, party.told)


def _tellers(shown: Shown, event: Event, told: Sequence[str]) -> str:
    """Who alone tells a part of an event; nothing where all its tellers do."""
    if not told or set(told) == {teller.statement for teller in event.told}:
        return ""
    states = {teller.statement: teller.status for teller in event.told}
    says = [f"{shown.who(found)} {'denies it' if states.get(found) == 'denied' else 'says'}" for found in told]
    return f" [{', '.join(dict.fromkeys(says))}]"


def _teller(shown: Shown, told: Told) -> list[Run]:
    number = f" ({told.statement})" if told.statement else ""
    style = {"happened": "", "denied": "bad"}.get(told.status, "unsure")
    status = aloud.said(aloud.STATUSES, told.status)
    return [Run(shown.who(told.statement), "who"), Run(number, "faint"), Run(": "), Run(status, style)]


def _event_place(shown: Shown, place: str, role: str) -> str:
    found = shown.places.get(place)
    if found is None:
        return safe(place)
    led = {"from": "from ", "to": "to "}.get(role, "")
    return f"{led}{safe(found.name)}, {_where(shown, found)}"


def _where(shown: Shown, place: Place) -> str:
    """What is known of where: level, the region and country it lies in, or that it is unresolved."""
    around = [safe(shown.places[outer].name) for outer in place.inside if outer in shown.places]
    listing = [place.region or place.country or ""]
    lies = " ".join(
        part for part in [", ".join(around), f"({listing[0]})" if listing[0] and around else listing[0]] if part
    )
    level = f"{place.level} in {lies}" if lies and place.level != "country" else f"{place.level} {lies}".strip()
    disputed = f", claimed by {aloud.listed(list(place.disputed))}" if place.disputed else ""
    resolved = "" if place.geonames is not None or place.lat is not None else ", unresolved"
    return safe(level) + safe(disputed) + resolved


def _when(shown: Shown, moment: Moment) -> str:
    phrase = shown.text(moment.span)
    known = aloud.moment(moment)
    if known:
        return phrase if phrase == known else f"{phrase}: {known}"
    if moment.alternatives:
        ways = [aloud.stretch(way.earliest, way.latest) for way in moment.alternatives]
        return f"{phrase}: {' or '.join(ways)}"
    return f"{phrase} (not fixed)"


# Where, and what adds up


def place_lines(shown: Shown) -> list[Line]:
    """Each place once, however often it is named."""
    groups: dict[str, list[Place]] = {}
    for place in shown.reading.grounds.places:
        groups.setdefault(_first(shown, place), []).append(place)
    if not groups:
        return []
    lines = _title(shown, "Places", str(len(groups)))
    by = min(max(columns(safe(_called(group))) for group in groups.values()) + 2, shown.width // 3)
    for group in groups.values():
        name = wrap([Run(safe(_called(group)), "who")], by - 1)
        about = wrap([Run(_about(shown, group))], shown.width - by)
        lines += beside(name, about, by)
    return lines


def _first(shown: Shown, place: Place) -> str:
    """The id of the first mention of the place; what cannot be followed is its own."""
    seen = {place.id}
    while place.same_as in shown.places and place.same_as not in seen:
        place = shown.places[str(place.same_as)]
        seen.add(place.id)
    return place.id


def _called(group: Sequence[Place]) -> str:
    """The name a place is listed under: one that is no adjective, where the text has it."""
    return next((place.name for place in group if place.use != "adjective"), group[0].name)


def _about(shown: Shown, group: Sequence[Place]) -> str:
    first = group[0]
    parts = [_where(shown, first)]
    if first.lat is not None and first.lon is not None:
        parts.append(f"{first.lat:.2f}, {first.lon:.2f}")
    if first.radius_km and first.level != "country":
        parts.append(f"within {aloud.number(max(1, round(first.radius_km)))} km")
    uses = dict.fromkeys(aloud.said(aloud.USES, place.use) for place in group)
    parts += [safe(use) for use in uses if use]
    if len(group) > 1:
        parts.append(f"named {len(group)} times")
    others = dict.fromkeys(safe(place.name) for place in group if place.name != _called(group))
    if others:
        parts.append(f"also {', '.join(others)}")
    return " · ".join(parts)


def check_lines(shown: Shown) -> list[Line]:
    """What adds up (✓), what does not (✗), and what cannot be told (?)."""
    checks = shown.reading.checks
    if not checks:
        return []
    lines = _title(shown, "Checks", str(len(checks)))
    for check in checks:
        sign = _sign(check)
        kind = check.kind.replace("_", " ")
        lines += hanging([sign], [Run(f"{safe(check.says)} "), Run(f"({safe(kind)})", "faint")], shown.width, 2)
    return lines


def _sign(check: Check) -> Run:
    match check.holds:
        case True:
            return Run("✓", "good")
        case False:
            return Run("✗", "bad")
        case None:
            return Run("?", "unsure")


def _title(shown: Shown, title: str, tally: str) -> list[Line]:
    return titled(title, tally, shown.width)


def _rule(shown: Shown, char: str) -> Line:
    return rule(char, shown.width)
