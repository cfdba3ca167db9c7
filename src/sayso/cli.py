"""The command line."""

from __future__ import annotations

import argparse
import json
import sys


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="sayso")
    commands = parser.add_subparsers(required=True)
    read = commands.add_parser("read")
    read.add_argument("file")
    read.add_argument("--json", action="store_true")
    asked = parser.parse_args(argv)
    from sayso.export.record_json import as_json
    from sayso.work.here import read as read_file

    json.dump(as_json(read_file(asked.file)), sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0
