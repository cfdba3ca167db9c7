"""Checks as SARIF 2.1.0, the form in which code hosts and editors show what a tool found.

Columns count Unicode code points (`columnKind`). The text of HTML is not the file's: there a result points at the
file alone, and its message quotes the words. What holds is a result of kind `pass`, what cannot be told of `review`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from sayso import __version__
from sayso.export.checked import Checked, region
from sayso.knowledge import Row
from sayso.record import Check, Span

Json = dict[str, Any]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
KINDS = {True: "pass", False: "fail", None: "review"}
LEVELS = {"fault": "warning", "open": "note"}


def as_sarif(files: Sequence[Checked], rules: Sequence[Row], *, everything: bool) -> Json:
    """One SARIF log with one run: every rule, every file with its SHA-256, and what was found."""
    known = {row["id"]: number for number, row in enumerate(rules)}
    results = [
        _result(file, number, check, known)
        for number, file in enumerate(files)
        for check in file.checks(everything=everything)
    ]
    run = {
        "tool": {"driver": {"name": "sayso", "semanticVersion": __version__, "rules": [_rule(row) for row in rules]}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(file) for file in files],
        "invocations": [_invocation(files)],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(row: Row) -> Json:
    examples = f"Found in: {row['example']} Not in: {row['not']}"
    return {
        "id": row["id"],
        "name": f"{row['id'].title()}Check",
        "shortDescription": {"text": row["says"]},
        "fullDescription": {"text": f"{row['says']} {examples}"},
        "help": {"text": f"{row['help']} {examples}"},
        "defaultConfiguration": {"level": LEVELS[row["finds"]]},
    }


def _artifact(file: Checked) -> Json:
    artifact: Json = {"location": {"uri": uri(file.path)}, "roles": ["analysisTarget"]}
    if file.reading is not None:
        report = file.reading.page.report
        artifact["length"] = len(report.data)
        artifact["mimeType"] = report.media_type
        artifact["hashes"] = {"sha-256": report.id.removeprefix("sha256:")}
    return artifact


def uri(path: str) -> str:
    """A path as a URI: relative as it was given, absolute with `file://`; odd bytes escaped.

    >>> uri("reports/a b.txt"), uri("/in/a.txt"), uri("-")
    ('reports/a%20b.txt', 'file:///in/a.txt', 'stdin')
    """
    if path == "-":
        return "stdin"
    pure = PurePath(path)
    escaped = quote(pure.as_posix().encode("utf-8", "surrogateescape"))
    return f"file://{'' if escaped.startswith('/') else '/'}{escaped}" if pure.is_absolute() else escaped


def _invocation(files: Sequence[Checked]) -> Json:
    told = [
        {
            "level": "error",
            "message": {"text": file.problem.says},
            "descriptor": {"id": file.problem.kind},
            "locations": [{"physicalLocation": {"artifactLocation": _artifact_of(file, number)}}],
        }
        for number, file in enumerate(files)
        if file.problem is not None
    ]
    return {"executionSuccessful": not told, "toolExecutionNotifications": told}


def _result(file: Checked, number: int, check: Check, known: dict[str, int]) -> Json:
    first, *others = check.spans
    kind = KINDS[check.holds]
    result: Json = {
        "ruleId": check.kind,
        "kind": kind,
        "level": "warning" if kind == "fail" else "none",
        "message": {"text": f"{check.says} ({_quoted(file, check)})"},
        "locations": [_location(file, number, first)],
        "partialFingerprints": {"compared/v1": _fingerprint(file, check)},
    }
    if check.kind in known:
        result["ruleIndex"] = known[check.kind]
    if others and _has_lines(file):
        result["relatedLocations"] = [
            {"id": at, **_location(file, number, span), "message": {"text": file.words(span)}}
            for at, span in enumerate(others, 1)
        ]
    return result


def _quoted(file: Checked, check: Check) -> str:
    return "; ".join(f"“{file.words(span)}”" for span in check.spans)


def _fingerprint(file: Checked, check: Check) -> str:
    """The same for the same words compared by the same rule, wherever they have moved to."""
    told = "\0".join((check.kind, *(file.words(span) for span in check.spans)))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _location(file: Checked, number: int, span: Span) -> Json:
    place: Json = {"artifactLocation": _artifact_of(file, number)}
    if _has_lines(file):
        at = region(file, span)
        place["region"] = {
            "startLine": at["line"],
            "startColumn": at["column"],
            "endLine": at["end_line"],
            "endColumn": at["end_column"],
            "snippet": {"text": file.words(span)},
        }
    return {"physicalLocation": place}


def _artifact_of(file: Checked, number: int) -> Json:
    return {"uri": uri(file.path), "index": number}


def _has_lines(file: Checked) -> bool:
    """Whether the lines of the text are the file's: not where the text was extracted from HTML."""
    return file.reading is not None and file.reading.page.report.obtained.how == "decoded"
