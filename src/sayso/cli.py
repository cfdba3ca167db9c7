"""The command line. Nothing heavy is imported before it is needed: `sayso --help` answers at once."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, cast

from sayso import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.export.checked import Checked
    from sayso.record import Given, Problem, Reading
    from sayso.work.here import Outcome

DONE, REFUSED, MISUSED, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141

ABOUT = """Sayso reads reports of a conflict and shows what was said to have happened, and on whose say-so.
It never decides who is right."""
EXAMPLES = """examples:
  sayso read report.html                        a page for the terminal
  sayso read --published 2024-03-12 report.txt  with a date the report does not give
  sayso read --json report.txt                  one JSON object
  sayso read --jsonl reports/ more.txt          one JSON object a line, folders walked
  sayso read --explain report.txt               with why there are events, and why none
  cat report.txt | sayso read -                 from standard input
  sayso check report.txt                        what in it does not add up

exit codes: 0 all was read, 1 something could not be read, 2 the command was not understood."""
CHECK_EXAMPLES = """examples:
  sayso check report.txt                        what does not hold, with its place
  sayso check --all reports/                    also what holds and what an editor must look at
  sayso check --sarif reports/ > checks.sarif   for an editor or a code host

exit codes: 0 nothing amiss, 1 something does not hold or could not be read, 2 the command was not understood."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = _parser()
    asked = parser.parse_args(argv)
    # One thread of linear algebra a process: the second core belongs to the second worker.
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    try:
        one = getattr(asked, "paths", [])
        with _plain_speech(debug=asked.debug, path=one[0] if len(one) == 1 else ""):
            code: int = asked.run(asked)
            sys.stdout.flush()
            return code
    except BrokenPipeError:
        # Whoever read our output has gone; python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except _Spoken as end:
        return end.code


class _Spoken(Exception):
    """A command ended early, and the person has been told why."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code


@contextmanager
def _plain_speech(*, debug: bool, path: str = "") -> Iterator[None]:
    """Turn what can go wrong into words for a person; with `debug`, let the traceback through."""
    from sayso.problems import BadKnowledge, NoTagger, Refused, WrongModel

    try:
        yield
    except (BrokenPipeError, KeyboardInterrupt, _Spoken):
        raise
    except Exception as error:
        if debug:
            raise
        match error:
            case Refused() | WrongModel():
                _tell(str(error) if not path or path in str(error) else f"{path}: {error}")
                raise _Spoken(REFUSED) from error
            case BadKnowledge() | NoTagger():
                _tell(str(error))
                raise _Spoken(MISUSED) from error
            case OSError(errno=errno.ENOSPC):
                _tell("the disk that the output goes to is full. Make room, or send it elsewhere.")
                raise _Spoken(REFUSED) from error
            case _:
                _tell(
                    f"a fault in Sayso itself ({type(error).__name__}: {error}). The same command with --debug shows "
                    "where; please report it with that."
                )
                raise _Spoken(REFUSED) from error


def _tell(says: str) -> None:
    from sayso.export.ink import safe

    print(f"sayso: {safe(says)}", file=sys.stderr)


def _misused(says: str) -> NoReturn:
    _tell(says)
    raise _Spoken(MISUSED)


# What can be asked


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sayso", description=ABOUT, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"sayso {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_read(commands)
    _add_check(commands)
    _add_demo(commands)
    _add_sample(commands)
    return parser


def _add_read(commands: Any) -> None:
    read = commands.add_parser(
        "read",
        help="read a report: who says what, what is told to have happened",
        description="Read a report (plain text or HTML, any common encoding) and show what is in it.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    read.set_defaults(run=_read)
    read.add_argument(
        "paths", nargs="+", metavar="FILE", help="a file, or - for standard input; with --jsonl, folders too"
    )
    form = read.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="print one JSON object: indented in a terminal, on one line when piped"
    )
    form.add_argument(
        "--jsonl",
        action="store_true",
        help="read any number of files and folders, one JSON object a line, in the order given",
    )
    _add_given(read)
    read.add_argument(
        "--explain",
        action="store_true",
        help="say what each event was found by, and of what looks like one why it is none; in JSON as `explained`",
    )
    read.add_argument(
        "--workers",
        metavar="N",
        type=_workers,
        help="processes for --jsonl (default: the cores, three at most; each takes about half a gigabyte)",
    )
    read.add_argument(
        "--progress", action="store_true", help="tell on stderr how far --jsonl is, also when it is no terminal"
    )
    _add_look(read)


def _add_given(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--published", metavar="DATE", help="when the report came out, where it does not say: 2024-03-12"
    )
    parser.add_argument("--publisher", metavar="NAME", help="who published it, where it does not say")
    parser.add_argument(
        "--knowledge",
        metavar="DIR",
        action="append",
        default=[],
        help="a folder of rows of your own, read over Sayso's (may be given more than once)",
    )
    parser.add_argument(
        "--tagger",
        metavar="NAME",
        help="which trained weights help the rules: polnear (default), open or none; see docs/tagger.md",
    )


def _add_check(commands: Any) -> None:
    check = commands.add_parser(
        "check",
        help="tell an editor what in a report does not add up",
        description="Read reports and list what in them does not add up: figures, dates, ages, spellings.",
        epilog=CHECK_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.set_defaults(run=_check, explain=False)
    check.add_argument("paths", nargs="+", metavar="FILE", help="a file, a folder, or - for standard input")
    form = check.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object")
    form.add_argument("--sarif", action="store_true", help="print SARIF 2.1.0, for editors and code hosts")
    check.add_argument(
        "--all", action="store_true", help="also what holds, what cannot be told and what stands without a source"
    )
    _add_given(check)
    check.add_argument("--debug", action="store_true", help="show the traceback of an error")


def _add_demo(commands: Any) -> None:
    demo = commands.add_parser(
        "demo",
        help="read the sample: who says what in it, and what is denied",
        description="Read the sample, reports of an invented conflict, and show who says what and what is denied.",
    )
    demo.set_defaults(run=_demo)
    _add_look(demo)


def _add_sample(commands: Any) -> None:
    sample = commands.add_parser(
        "sample",
        help="copy the invented reports of the sample into a folder, to try things on",
        description="Copy the sample, invented reports of an invented conflict, into a folder.",
    )
    sample.set_defaults(run=_sample)
    sample.add_argument("folder", nargs="?", default="sayso-sample", metavar="DIR", help="default: sayso-sample")
    sample.add_argument("--debug", action="store_true", help="show the traceback of an error")


def _add_look(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--width", metavar="N", type=int, help="cells in a line (default: the terminal's, 80 when piped)"
    )
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="default: in a terminal, unless NO_COLOR is set",
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes from 1 to 64")
    return int(text)


# sayso read


def _read(asked: argparse.Namespace) -> int:
    by, folders = _said_of_all(asked)
    if asked.jsonl:
        return _read_many(asked, by, folders)
    if len(asked.paths) > 1:
        _misused("one FILE at a time is shown. To read several, or a folder, use --jsonl.")
    return _read_one(asked)


def _said_of_all(asked: argparse.Namespace) -> tuple[Given, tuple[Path, ...]]:
    """What the options say of every report, looked at before any is read."""
    from sayso.work.here import given, tagger_named

    try:
        by = given(asked.published, asked.publisher)
    except ValueError as error:
        _misused(f"--published: {error}")
    try:
        tagger_named(asked.tagger)
    except ValueError as error:
        if asked.tagger:
            _misused(f"--tagger: {error}")
        raise
    return by, _knowledge(asked.knowledge)


def _knowledge(named: Sequence[str]) -> tuple[Path, ...]:
    from pathlib import Path

    from sayso.work.here import known

    folders = tuple(Path(name) for name in named)
    known(folders)
    return folders


def _read_one(asked: argparse.Namespace) -> int:
    path = asked.paths[0]
    if path != "-" and os.path.isdir(path):  # noqa: PTH112 - a path with odd bytes must not fail here
        _misused(f"{path} is a folder. To read all that is in it, use --jsonl.")
    reading = _reading(path, asked)
    if asked.json:
        from sayso.export.record_json import as_json, dumped

        _plain_utf8(sys.stdout)
        print(dumped(as_json(reading), pretty=sys.stdout.isatty()))
    else:
        _show(reading, asked)
    return DONE


def _reading(path: str, asked: argparse.Namespace) -> Reading:
    from sayso.work import here

    options = {"published": asked.published, "publisher": asked.publisher, "knowledge": asked.knowledge}
    options["tagger"] = asked.tagger
    if asked.explain:
        return here.read_explained(path if path != "-" else _standard_input(), **options)
    if path != "-":
        return here.read(path, **options)
    return here.read_bytes(_standard_input(), **options)


def _standard_input() -> bytes:
    """What is piped in, up to one byte more than is read of any report."""
    from sayso.intake.seal import LIMIT

    if sys.stdin is None:
        _misused("nothing can be read from standard input: it is closed. Name a file, or pipe the report in.")
    if sys.stdin.isatty():
        print("Paste the report, then press Ctrl-D on a line of its own.", file=sys.stderr)
    return sys.stdin.buffer.read(LIMIT + 1)


def _read_many(asked: argparse.Namespace, by: Given, folders: tuple[Path, ...]) -> int:
    from sayso.export.record_json import as_line, dumped, refused_json
    from sayso.intake.files import walk
    from sayso.work.here import Order
    from sayso.work.processes import read_all

    if "-" in asked.paths:
        _misused("- (standard input) holds one report: read it with --json.")
    found = list(walk(asked.paths))
    outcomes = read_all(
        [str(file.path) for file in found if file.problem is None],
        Order(by, folders, as_line, asked.tagger, asked.explain),
        workers=asked.workers,
    )
    _plain_utf8(sys.stdout)
    count = _Count(len(found), shown=asked.progress or (sys.stderr.isatty() and not sys.stdout.isatty()))
    for file in found:
        path, problem, line = str(file.path), file.problem, None
        if problem is None:
            outcome: Outcome[object] = next(outcomes)
            problem, line = outcome.problem, outcome.made
        print(line if problem is None else dumped(refused_json(path, problem)), flush=True)
        count.one(problem)
    return count.end()


class _Count:
    """How many files were read and refused, told on stderr if somebody is there to see it."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self.total, self.shown, self.done, self.refused = total, shown, 0, 0

    def one(self, problem: Problem | None) -> None:
        """Count one file."""
        self.done += 1
        self.refused += problem is not None
        if self.shown:
            print(f"\r{self.done} of {self.total}, {self.refused} not read", end="", file=sys.stderr, flush=True)

    def end(self) -> int:
        """The exit code, once all are done."""
        if self.shown and self.done:
            print(file=sys.stderr)
        return REFUSED if self.refused else DONE


# sayso check


def _check(asked: argparse.Namespace) -> int:
    from sayso.export.checked import as_json, lines
    from sayso.export.record_json import dumped
    from sayso.export.sarif import as_sarif
    from sayso.work.here import known

    by, folders = _said_of_all(asked)
    files = [_checked(path, by, folders, asked) for path in _files_to_check(asked.paths)]
    for file in files:
        if file.problem is not None:
            _tell(file.problem.says if file.path in file.problem.says else f"{file.path}: {file.problem.says}")
    if asked.json or asked.sarif:
        _plain_utf8(sys.stdout)
        rules = known(folders).rows("checks")
        made = as_json(files, everything=asked.all) if asked.json else as_sarif(files, rules, everything=asked.all)
        print(dumped(made, pretty=sys.stdout.isatty()))
    else:
        _write("\n".join(lines(files, everything=asked.all)) + "\n")
    return REFUSED if any(file.is_amiss for file in files) else DONE


def _files_to_check(paths: Sequence[str]) -> Iterator[tuple[str, Problem | None]]:
    """Each file asked for, folders walked; what is no file comes with its problem."""
    from sayso.intake.files import walk

    for path in paths:
        if path == "-":
            yield path, None
            continue
        for found in walk([path]):
            yield str(found.path), found.problem


def _checked(
    found: tuple[str, Problem | None], by: Given, folders: tuple[Path, ...], asked: argparse.Namespace
) -> Checked:
    from sayso.export.checked import Checked
    from sayso.work.here import Order, attempt

    path, problem = found
    if problem is not None:
        return Checked(path, problem=problem)
    if path == "-":
        return Checked(path, _reading(path, asked))
    outcome = attempt(path, Order(by, folders, _itself, asked.tagger))
    return Checked(path, cast("Reading | None", outcome.made), outcome.problem)


def _itself(reading: Reading) -> Reading:
    return reading


# sayso demo, sayso sample


def _demo(asked: argparse.Namespace) -> int:
    from importlib import resources

    from sayso.export import digest
    from sayso.work import here

    folder = resources.files("sayso").joinpath("sample")
    with resources.as_file(folder) as sample:
        files = _sample_files(sample)
        rows = (sample / "knowledge",) if (sample / "knowledge").is_dir() else ()
        readings = {file.name: here.read(file, knowledge=rows) for file in files}
    _write(digest.demo(readings, width=_width(asked), colour=_coloured(asked)))
    return DONE


def _sample_files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix in (".txt", ".html"))


def _sample(asked: argparse.Namespace) -> int:
    import shutil
    from importlib import resources
    from pathlib import Path

    target = Path(asked.folder)
    if target.exists():
        _misused(f"{target} is there already. Name a folder that is not, or remove it first.")
    with resources.as_file(resources.files("sayso").joinpath("sample")) as sample:
        try:
            target.mkdir(parents=True)
            for file in _sample_files(sample):
                shutil.copyfile(file, target / file.name)
            if (sample / "knowledge").is_dir():
                shutil.copytree(sample / "knowledge", target / "knowledge")
        except OSError as error:
            _misused(f"{target} cannot be written: {error.strerror or error}.")
    count = len(_sample_files(target))
    print(f"{count} invented reports are in {target}. Try: sayso read --knowledge {target}/knowledge {target}/01*")
    return DONE


# How it looks


def _show(reading: Reading, asked: argparse.Namespace) -> None:
    from sayso.export import terminal

    _write(terminal.page(reading, width=_width(asked), colour=_coloured(asked)))


def _write(page: str) -> None:
    # A terminal that lacks a character gets its number instead of nothing at all.
    _reconfigure(sys.stdout, errors="backslashreplace")
    sys.stdout.write(page)


def _plain_utf8(stream: TextIO) -> None:
    """JSON travels in UTF-8 wherever it goes; half a character in a path becomes the JSON escape of it."""
    _reconfigure(stream, encoding="utf-8", errors="backslashreplace", newline="\n")


def _reconfigure(stream: TextIO, **how: str) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(**how)


def _width(asked: argparse.Namespace) -> int:
    if asked.width:
        return int(asked.width)
    import shutil

    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80


def _coloured(asked: argparse.Namespace) -> bool:
    match asked.color:
        case "always":
            return True
        case "never":
            return False
        case _:
            return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
