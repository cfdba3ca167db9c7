"""SARIF 2.1.0 in its shape: the parts of the standard that we use, written down by us as a schema."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

import sayso
from sayso.export.checked import Checked
from sayso.export.sarif import as_sarif, uri
from sayso.knowledge import ours
from sayso.record import Problem

TEXT: dict[str, Any] = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
ARTIFACT = {
    "type": "object",
    "required": ["uri"],
    "properties": {"uri": {"type": "string", "pattern": r"^[^\s\\]+$"}, "index": {"type": "integer", "minimum": 0}},
    "additionalProperties": False,
}
PLACE = {"type": "integer", "minimum": 1}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "message": TEXT,
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": ARTIFACT,
                "region": {
                    "type": "object",
                    "required": ["startLine"],
                    "properties": {
                        **dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), PLACE),
                        "snippet": TEXT,
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
RULE = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string", "pattern": "^[A-Z][A-Za-z]+$"},
        **dict.fromkeys(("shortDescription", "fullDescription", "help"), TEXT),
        "defaultConfiguration": {"properties": {"level": {"enum": ["none", "note", "warning", "error"]}}},
    },
    "additionalProperties": False,
}
RESULT = {
    "type": "object",
    "required": ["message", "ruleId"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "kind": {"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": TEXT,
        "locations": {"type": "array", "items": LOCATION, "minItems": 1},
        "relatedLocations": {"type": "array", "items": LOCATION, "minItems": 1, "uniqueItems": True},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    # Of the standard, 3.27.10: what is no failure has the level none.
    "if": {"properties": {"kind": {"const": "fail"}}},
    "else": {"properties": {"level": {"const": "none"}}},
    "additionalProperties": False,
}
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "name": {"type": "string"},
                                    "semanticVersion": {"type": "string"},
                                    "rules": {"type": "array", "items": RULE, "uniqueItems": True},
                                },
                                "additionalProperties": False,
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "artifacts": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "location": ARTIFACT,
                                "roles": {"type": "array", "items": {"const": "analysisTarget"}},
                                "length": {"type": "integer"},
                                "mimeType": {"type": "string", "pattern": "^[^/]+/.+$"},
                                "hashes": {"properties": {"sha-256": {"pattern": "^[0-9a-f]{64}$"}}},
                            },
                            "additionalProperties": False,
                        },
                    },
                    "invocations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["executionSuccessful"],
                            "properties": {
                                "executionSuccessful": {"type": "boolean"},
                                "toolExecutionNotifications": {
                                    "type": "array",
                                    "items": {"type": "object", "required": ["message"]},
                                },
                            },
                        },
                    },
                    "results": {"type": "array", "items": RESULT},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
TEXTS = [row["example"] for row in ours().rows("checks")] + ["The sea was calm.", "Ωmega 😀 walked 10 km (9 miles)."]


def test_every_log_has_the_shape_of_the_standard() -> None:
    files = [Checked(f"in/a {n}.txt", sayso.read_text(text, published="2022-09-16")) for n, text in enumerate(TEXTS)]
    files.append(Checked("in/b.pdf", problem=Problem("pdf", "A PDF.")))
    for everything in (False, True):
        log = as_sarif(files, ours().rows("checks"), everything=everything)
        jsonschema.validate(json.loads(json.dumps(log)), SARIF)
        kinds = {result["kind"] for result in log["runs"][0]["results"]}
        assert kinds == ({"fail", "review"} if everything else {"fail"})


def test_columns_count_code_points() -> None:
    """Not bytes, and not UTF-16: the face before the words is one column."""
    log = as_sarif([Checked("a.txt", sayso.read_text(TEXTS[-1]))], ours().rows("checks"), everything=False)
    region = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert TEXTS[-1][region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"] == "10 km"


def test_a_check_keeps_its_fingerprint_when_its_lines_move() -> None:
    """So that a code host shows it once."""
    rows = ours().rows("checks")
    texts = (TEXTS[0], f"Fog lay on the coast.\n\n{TEXTS[0]}")
    logs = [as_sarif([Checked("a.txt", sayso.read_text(text))], rows, everything=False) for text in texts]
    one, two = (log["runs"][0]["results"][0]["partialFingerprints"] for log in logs)
    assert one == two


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("a b.txt", "a%20b.txt"),
        ("/in/č.txt", "file:///in/%C4%8D.txt"),
        ("in/#1?.txt", "in/%231%3F.txt"),
        ("-", "stdin"),
    ],
)
def test_a_path_is_a_uri(path: str, wanted: str) -> None:
    assert uri(path) == wanted
