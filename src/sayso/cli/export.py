"""`sayso export`: a case, or what of it may leave, in the formats of other tools."""

from __future__ import annotations

import argparse
from typing import Any

from sayso.cli.look import write
from sayso.cli.opening import add_case, add_who, case_of, now, who
from sayso.cli.speaking import DONE

FORMS = ("csv", "geojson", "webannotation", "ftm")


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
    add_who(export)
    add_case(export)


def _export(asked: argparse.Namespace) -> int:
    from pathlib import Path

    from sayso.export.aloud import several
    from sayso.export.exporting import exported
    from sayso.export.ink import safe

    with case_of(asked) as case:
        out = Path(asked.out) if asked.out else None
        made = exported(case, asked.form, out, show_private=asked.show_private, noted=(who(asked), now()))
    lines = [f"{file.path}: {several(file.rows, 'row')}" for file in made.files]
    lines += [f"Not in it: {lost}" for lost in made.loses]
    write("".join(f"{line}\n" for line in map(safe, lines)))
    return DONE
