"""`sayso export`: a case, or what of it may leave, in the formats of other tools."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from sayso.cli.look import write
from sayso.cli.opening import add_case, add_who, case_of, now, who
from sayso.cli.speaking import DONE

if TYPE_CHECKING:
    from sayso.export.exporting import Selection

FORMS = ("csv", "geojson", "webannotation", "ftm")
WITH = ("originals", "decisions", "audit", "seals")
HOW = " (--show-private keeps them)"


def add_commands(commands: Any) -> None:
    """What `sayso export` can be asked."""
    export = commands.add_parser(
        "export",
        help="write a case out: CSV, GeoJSON, Web Annotation, Follow the Money",
        description="Write a case out for other tools. Persons without a public role are withheld.",
    )
    export.set_defaults(run=_export)
    export.add_argument("form", choices=FORMS, help="the format")
    export.add_argument("--out", metavar="DIR", help="where to (default: exports/ in the case)")
    export.add_argument(
        "--show-private", action="store_true", help="name persons without a public role, too: a choice that is recorded"
    )
    _add_selection(export)
    parcel = export.add_argument_group("as one ZIP, with hashes of all that is in it")
    parcel.add_argument("--zip", metavar="FILE", help="write one ZIP instead of files in a folder")
    parcel.add_argument(
        "--with",
        dest="also",
        action="append",
        default=[],
        choices=WITH,
        help="what goes along in it (can be given several times)",
    )
    parcel.add_argument("--why", default="", help="why private persons are named in it; needed with --show-private")
    add_who(export)
    add_case(export)


def _add_selection(export: argparse.ArgumentParser) -> None:
    rows = export.add_argument_group("which incidents, and the reports that tell of them (all, unless asked)")
    rows.add_argument("--kind", help="of this kind of event")
    rows.add_argument("--place", help="told there: a name, or a code such as UKR or UA-63")
    rows.add_argument("--speaker", help="of which somebody of this name or id says something")
    rows.add_argument("--party", metavar="SIDE", help="told by an origin of this side: a name, or a code such as UKR")
    rows.add_argument("--box", metavar="W,S,E,N", help="told to have been in this stretch of the earth, in degrees")
    rows.add_argument("--since", metavar="DAY", help="a day, month or year")
    rows.add_argument("--until", metavar="DAY", help="a day, month or year, which it includes")
    rows.add_argument("--denied", choices=("yes", "no"), help="denied by somebody, or by nobody")
    rows.add_argument("--id", action="append", default=[], metavar="INC", help="this incident (several times)")
    columns = export.add_argument_group("which columns, and names")
    columns.add_argument(
        "--columns",
        default="",
        metavar="LIST",
        help="of CSV and GeoJSON, in this order: incidents.kind,incidents.place,properties.title",
    )
    columns.add_argument("--labels", action="store_true", help="labels in place of the names of all who speak")


def _export(asked: argparse.Namespace) -> int:
    from pathlib import Path

    from sayso.export.aloud import several
    from sayso.export.exporting import PRIVATE, exported
    from sayso.export.ink import safe
    from sayso.export.parcel import Order, sent

    chosen = _selection(asked)
    with case_of(asked) as case:
        if asked.zip:
            order = Order(
                asked.form, who(asked), now(), chosen, asked.show_private, asked.why, tuple(dict.fromkeys(asked.also))
            )
            made = sent(case, order, Path(asked.zip))
        else:
            out = Path(asked.out) if asked.out else None
            noted = (who(asked), now())
            made = exported(case, asked.form, out, show_private=asked.show_private, noted=noted, selection=chosen)
    lines = [f"{file.path.name if asked.zip else file.path}: {several(file.rows, 'row')}" for file in made.files]
    lines += [f"{asked.zip}: all of it, with SHA-256 of each file"] if asked.zip else []
    lines += [f"Not in it: {lost}{HOW if lost == PRIVATE else ''}" for lost in made.loses]
    write("".join(f"{line}\n" for line in map(safe, lines)))
    return DONE


def _selection(asked: argparse.Namespace) -> Selection:
    from sayso.export.exporting import Selection
    from sayso.ledger.asking.incidents import Incidents

    among = Incidents(
        kind=asked.kind,
        place=asked.place,
        speaker=asked.speaker,
        since=asked.since,
        until=asked.until,
        denied={"yes": True, "no": False}.get(asked.denied),
    )
    columns = tuple(one.strip() for one in asked.columns.split(",") if one.strip())
    return Selection(among, tuple(asked.id), columns, asked.labels, party=asked.party, box=asked.box)
