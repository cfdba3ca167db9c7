"""What the demo shows: the most contested incidents of the sample in short, and how to go on."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.export import aloud
from sayso.export.incident_page import first_screen
from sayso.export.ink import Line, Run, hanging, painted, titled, wrap
from sayso.export.pointing import Reports, faint
from sayso.export.terminal import NARROWEST, WIDEST
from sayso.ledger.asking.answers import CaseInfo
from sayso.record import Incident

INVENTED = "This is the sample: an invented conflict, with invented people and outlets in real places."
READ = "{} were read: {} by {}. Copies were folded, and what is told of one happening was put together: {}."
SHOWN = "These two are the most contested. Every value is somebody's, and stands in a report: its id, line and column."
GO_ON = (
    ("sayso desk --sample", "the same in the browser (in a checkout: make desk)"),
    ("sayso sample reports", "copies the reports, and the rows they need, into a folder"),
    ("sayso add --knowledge reports/knowledge reports", "adds them to a case of your own"),
    ("sayso incidents", "all of them, the most contested first"),
    ("sayso incident {}", "who says what of the first, side by side, and where it stands"),
    ("sayso search --act denies", "every denial, in the sentence it stands in"),
    ("sayso read --knowledge reports/knowledge reports/01*", "one report alone, as it is read"),
)


def page(info: CaseInfo, shown: Sequence[tuple[Incident, Reports]], *, width: int = 80, colour: bool = False) -> str:
    """That all is invented, what was read, the incidents given in short, and commands to go on with."""
    width = min(max(width, NARROWEST), WIDEST)
    lines = [*wrap([Run(INVENTED, "unsure")], width), *wrap([Run(_read(info))], width), *wrap([Run(SHOWN)], width)]
    screens = [first_screen(incident, reports, width=width, colour=colour) for incident, reports in shown]
    return "\n".join([painted(lines, colour=colour), *screens, painted(_go_on(shown, width), colour=colour)])


def _read(info: CaseInfo) -> str:
    counts = dict(info.counts)
    told = [aloud.several(counts.get(f"{name}s", 0), name) for name in ("report", "statement", "speaker", "incident")]
    return READ.format(*told)


def _go_on(shown: Sequence[tuple[Incident, Reports]], width: int) -> list[Line]:
    lines = titled("Go on", "", width)
    first = shown[0][0].id if shown else "ID"
    for command, does in GO_ON:
        lines += hanging([faint("·")], [Run(command.format(first), "who"), Run(f": {does}")], width, 2)
    return lines
