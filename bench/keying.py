"""Turns a key written by a person in words into offsets, and refuses what is missing or ambiguous.

A key in words is a text file, one finding a line, fields parted by ` :: `. Stretches are quoted from the
report with marks: `{words said}`, `<cue>` or `<trigger>`, `[who]`, `‹channel›`, `⟨addressee⟩`; three dots
stand for whatever lies between. `#2` at the end of a quote takes its second occurrence. Example:

    src osk named :: Marit Osk | Osk
    S s1 osk says indirect :: {Shells hit...a bus}, [Marit Osk] <said> on ‹Telegram› :: via=messaging

Run `python -m bench.keying FOLDER` to make `FOLDER/key/<slug>.json` of every `FOLDER/key/words/<slug>.txt`.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

MARKS = {"{": "}", "<": ">", "[": "]", "‹": "›", "⟨": "⟩"}
GAP = "..."
BLOCKS = {"p", "h1", "h2", "h3", "li", "div", "nav", "a", "time", "header", "footer", "button"}

UNSEEN = {"script", "style", "head", "form"}
PARTS = ("at", "when", "agents", "targets", "counts")
"""What a key can say that the text does not tell of an event, with `none=when,agents`."""
VOID = {"meta", "link", "input", "br", "img", "hr"}

Key = dict[str, Any]
Pair = list[int]


class BadKey(ValueError):
    """A line of a key that does not fit its report: what is wrong, and in which line."""


@dataclass
class _Marked:
    pattern: re.Pattern[str]
    marks: list[str] = field(default_factory=list)


def _pattern(quote: str) -> _Marked:
    parts: list[str] = []
    marks: list[str] = []
    closers = set(MARKS.values())
    at = 0
    while at < len(quote):
        char = quote[at]
        if quote.startswith(GAP, at):
            parts.append(".*?")
            at += len(GAP)
            continue
        if char in MARKS:
            parts.append("(")
            marks.append(char)
        elif char in closers:
            parts.append(")")
        elif char == " ":
            parts.append(r"\s+")
        else:
            parts.append(re.escape(char))
        at += 1
    return _Marked(re.compile("".join(parts), re.DOTALL), marks)


def locate(text: str, quote: str) -> tuple[Pair, dict[str, list[Pair]]]:
    """Where a quoted stretch stands, and its marked parts. Raises `BadKey` if it is missing or stands twice.

    >>> locate("The ministry denied it.", "[The ministry] <denied> {it}")[1]
    {'[': [[0, 12]], '<': [[13, 19]], '{': [[20, 22]]}
    """
    number = re.search(r" ?#(\d)$", quote)
    wanted = int(number[1]) if number else 0
    marked = _pattern(quote[: number.start()] if number else quote)
    found: list[re.Match[str]] = []
    at = 0
    while (match := marked.pattern.search(text, at)) is not None and len(found) < 9:
        found.append(match)
        at = match.start() + 1
    if not found:
        raise BadKey(f"the report does not have: {quote}")
    if len(found) > 1 and not wanted:
        raise BadKey(f"the report has this {len(found)} times: {quote}")
    if wanted > len(found):
        raise BadKey(f"the report has this only {len(found)} times: {quote}")
    match = found[wanted - 1 if wanted else 0]
    parts: dict[str, list[Pair]] = {}
    for index, mark in enumerate(marked.marks, start=1):
        parts.setdefault(mark, []).append([match.start(index), match.end(index)])
    return [match.start(), match.end()], parts


def _everywhere(text: str, name: str, taken: list[Pair]) -> list[Pair]:
    hits = re.finditer(rf"(?<!\w){re.escape(name).replace(chr(92) + ' ', chr(92) + 's+')}(?!\w)", text)
    spans = [[hit.start(), hit.end()] for hit in hits]
    return [span for span in spans if not any(span[0] < end and start < span[1] for start, end in taken)]


def _options(text: str) -> dict[str, str]:
    return {name: value for name, _, value in (part.partition("=") for part in text.split())}


def _bounds(text: str) -> tuple[float | None, float | None, bool]:
    """Low, high and whether it is approximate, of `12..`, `..30`, `25`, `90..100~`."""
    approximate = text.endswith("~")
    low, dots, high = text.rstrip("~").partition("..")
    if not dots:
        return float(low), float(low), approximate
    return (float(low) if low else None), (float(high) if high else None), approximate


def _interval(text: str) -> tuple[str | None, str | None]:
    earliest, _, latest = text.partition("..")
    return earliest or None, latest or None


class _Compiler:
    """Reads the lines of one key against one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.labels: dict[str, list[str]] = {}
        self.taken: list[Pair] = []
        self.key: Key = {
            "report": {},
            "cuts": [],
            "sources": [],
            "statements": [],
            "events": [],
            "places": [],
            "moments": [],
            "quantities": [],
            "absent": [],
        }

    def line(self, line: str) -> None:
        head, _, rest = line.partition(" :: ")
        words = head.split()
        fields = rest.split(" :: ") if rest else []
        if "=" in words and not rest:
            self.about(words[0], line.partition("=")[2].strip())
            return
        match words[0].rstrip("?"):
            case "cut":
                self.cut(words, fields)
            case "absent":
                self.key["absent"].append(fields[0])
            case "src":
                self.source(words, fields)
            case "S":
                self.statement(words, fields)
            case "E":
                self.event(words, fields)
            case "P":
                self.place(words, fields)
            case "M":
                self.moment(words, fields)
            case "Q":
                self.quantity(words, fields)
            case _:
                raise BadKey(f"nothing begins with {words[0]}")

    def about(self, name: str, value: str) -> None:
        report = self.key["report"]
        if name == "published":
            interval, _, basis = value.partition(" ")
            earliest, latest = _interval(interval)
            report["published"] = {"earliest": earliest, "latest": latest, "basis": basis or "unknown"}
        elif name == "condition":
            report["condition"] = value.split()
        elif name == "dateline":
            report["dateline"] = {"span": locate(self.text, value)[0]}
        else:
            report[name] = [self._named(part.strip()) for part in value.split("|") if part.strip()]

    def _named(self, value: str) -> Key:
        if value.startswith("("):  # known from metadata: no place in the text
            return {"name": value.strip("()"), "span": None}
        quoted, parts = locate(self.text, value)
        return {"span": parts["["][0] if "[" in parts else quoted}

    def cut(self, words: list[str], fields: list[str]) -> None:
        whole, parts = locate(self.text, fields[0])
        span = parts["["][0] if "[" in parts else whole
        self.key["cuts"].append({"span": span, "why": words[1], "optional": words[0].endswith("?")})
        self.taken.append(span)

    def source(self, words: list[str], fields: list[str]) -> None:
        names = [name.strip() for name in fields[0].split("|")] if fields else []
        mentions: list[Pair] = []
        for name in names:
            if "[" in name:
                mentions += locate(self.text, name)[1]["["]
            else:
                here = [*self.taken, *mentions]
                found = _everywhere(self.text, name, here)
                if not found and not mentions:
                    raise BadKey(f"the report never names: {name}")
                mentions += found
        entry: Key = {"id": words[1], "naming": words[2], "mentions": mentions}
        if len(words) > 3:
            entry["members"] = words[3].split(",")
        self.key["sources"].append(entry)

    def statement(self, words: list[str], fields: list[str]) -> None:
        _, parts = locate(self.text, fields[0])
        options = _options(fields[1]) if len(fields) > 1 else {}
        if words[2] not in {source["id"] for source in self.key["sources"]}:
            raise BadKey(f"no source {words[2]}")
        vias = parts.get("‹", [])
        kinds = options.get("via", "").split(",") if options.get("via") else []
        self.key["statements"].append(
            {
                "id": words[1],
                "optional": words[0].endswith("?"),
                "source": words[2],
                "acts": words[3].split("|"),
                "quotation": words[4] if len(words) > 4 else "indirect",
                "words": parts.get("{", []),
                "cue": _first(parts, "<"),
                "who": _first(parts, "["),
                "via": [
                    {"kinds": kind.split("|"), "span": vias[index] if index < len(vias) else None}
                    for index, kind in enumerate(kinds)
                ],
                "to": parts.get("⟨", []),
                "silence": options.get("silence"),
                "covers": options["covers"].split(",") if "covers" in options else [],
                "reach": options.get("reach"),
                "within": options.get("within"),
                "words_sha256": _sha(" ".join(self.text[start:end] for start, end in parts.get("{", []))),
            }
        )

    def event(self, words: list[str], fields: list[str]) -> None:
        whole, parts = locate(self.text, fields[0])
        options = _options(fields[1]) if len(fields) > 1 else {}
        told = [pair.rpartition(":")[::2] for pair in options.get("told", "-:happened").split(",")]
        earliest, latest = _interval(options.get("when", ".."))
        statuses = {status for _, status in told}
        self.key["events"].append(
            {
                "id": words[1],
                "optional": words[0].endswith("?"),
                "kinds": words[2].split("|"),
                "trigger": parts["<"][0],
                "also": parts["<"][1:],
                "clause": _clause(self.text, parts, whole, fields[0]),
                "told": [{"statement": None if who == "-" else who, "status": status} for who, status in told],
                "status": statuses.pop() if len(statuses) == 1 else "disputed",
                "background": "bg" in options,
                "agents": parts.get("[", []),
                "targets": parts.get("⟨", []),
                **{lead: options[lead].split(",") if lead in options else [] for lead in ("at", "from", "to")},
                "when": {"earliest": earliest, "latest": latest},
                "counts": [_count(part) for part in options.get("counts", "").split(";") if part],
                "none": options["none"].split(",") if "none" in options else [],
            }
        )

    def place(self, words: list[str], fields: list[str]) -> None:
        level, country, region, where, use = words[1:6]
        lat, lon = (float(part) for part in where.split(",")) if where != "-" else (None, None)
        label = words[6] if len(words) > 6 else ""
        for quote in fields:
            if quote.endswith("*"):
                known = [place["span"] for place in self.key["places"]]
                spans = _everywhere(self.text, quote[:-1], [*self.taken, *known])
                if not spans:
                    raise BadKey(f"the report never names: {quote}")
            else:
                spans = locate(self.text, quote)[1]["["]
            for span in spans:
                number = f"p{len(self.key['places']) + 1}"
                self.labels.setdefault(label, []).append(number)
                self.key["places"].append(
                    {
                        "id": number,
                        "optional": words[0].endswith("?"),
                        "span": span,
                        "level": level,
                        "country": None if country == "-" else country,
                        "region": None if region == "-" else region,
                        "lat": lat,
                        "lon": lon,
                        "use": use.split("|"),
                    }
                )

    def moment(self, words: list[str], fields: list[str]) -> None:
        earliest, latest = _interval(words[1])
        for quote in fields:
            span = locate(self.text, quote)[1]["["][0]
            self.key["moments"].append({"span": span, "earliest": earliest, "latest": latest, "notes": words[2:]})

    def quantity(self, words: list[str], fields: list[str]) -> None:
        low, high, approximate = _bounds(words[1])
        for quote in fields:
            span = locate(self.text, quote)[1]["["][0]
            self.key["quantities"].append(
                {"span": span, "low": low, "high": high, "approximate": approximate, "notes": words[2:]}
            )

    def done(self) -> Key:
        known = {item["id"] for kind in ("statements", "events") for item in self.key[kind]}
        for statement in self.key["statements"]:
            missing = [name for name in (*statement["covers"], statement["within"]) if name and name not in known]
            if missing:
                raise BadKey(f"{statement['id']} points at {missing}, which are not in the key")
        for event in self.key["events"]:
            missing = [told["statement"] for told in event["told"] if told["statement"] not in {None, *known}]
            if missing:
                raise BadKey(f"{event['id']} is told by {missing}, which are not in the key")
            for lead in ("at", "from", "to"):
                unplaced = [label for label in event[lead] if label not in self.labels]
                if unplaced:
                    raise BadKey(f"{event['id']} is {lead} {unplaced}, which no place of the key is labelled")
                event[lead] = [number for label in event[lead] for number in self.labels[label]]
            wrong = [part for part in event["none"] if part not in PARTS]
            if wrong:
                raise BadKey(f"{event['id']} says that {wrong} are not told: say {', '.join(PARTS)}")
        return self.key


def _clause(text: str, parts: dict[str, list[Pair]], whole: Pair, quote: str) -> Pair:
    """The clause a trigger stands in: the quoted stretch, or near the trigger where the quote has gaps."""
    if "{" in parts:
        return parts["{"][0]
    if GAP not in quote:
        return whole
    start, end = parts["<"][0]
    near = text[max(whole[0], start - 60) : min(whole[1], end + 60)]
    first = max(whole[0], start - 60) + len(near) - len(near.lstrip())
    return [first, first + len(near.strip())]


def _first(parts: dict[str, list[Pair]], mark: str) -> Pair | None:
    return parts[mark][0] if mark in parts else None


def _count(text: str) -> Key:
    of, _, bounds = text.partition(":")
    low, high, approximate = _bounds(bounds)
    return {"of": of, "low": low, "high": high, "approximate": approximate}


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def compile_key(text: str, words: str) -> Key:
    """The key in offsets of a key in words. Raises `BadKey` naming every line that does not fit."""
    compiler = _Compiler(text)
    wrong: list[str] = []
    for number, line in enumerate(words.splitlines(), start=1):
        if not line.strip() or line.startswith("# "):
            continue
        try:
            compiler.line(line)
        except (BadKey, IndexError, ValueError, KeyError) as error:
            wrong.append(f"line {number}: {error}")
    if not wrong:
        try:
            key = compiler.done()
        except BadKey as error:
            wrong.append(str(error))
    if wrong:
        raise BadKey("\n".join(wrong))
    return {"text_sha256": _sha(text), **key}


class _Shown(HTMLParser):
    """What a reader sees of a page: text outside scripts, styles, comments and hidden elements."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = dict(attrs)
        unseen = (
            tag in UNSEEN
            or "hidden" in given
            or "display:none" in (given.get("style") or "")
            or given.get("class") == "tip"
        )
        self.hidden.append(unseen)
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        self.hidden.pop()
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not any(self.hidden):
            self.parts.append(re.sub(r"\s+", " ", data))


def shown(html: str) -> str:
    r"""The text of one of our own pages as a reader sees it, one block a line.

    >>> shown("<body><p>One <b>two</b></p><p hidden>no</p><p>three</p></body>")
    'One two\nthree\n'
    """
    page = _Shown()
    page.feed(html)
    lines = (line.strip() for line in "".join(page.parts).split("\n"))
    return "".join(f"{line}\n" for line in lines if line)


def reader_text(path: Path) -> str:
    """The text that a key of this report was made on: what is decoded, or what a reader sees of HTML."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1251")  # the one other encoding that our sample uses
    return shown(text) if path.suffix == ".html" else text


def as_text(key: Key) -> str:
    """A key as JSON, one finding a line, so that a change shows as the findings it changes."""
    parts = []
    for name, value in key.items():
        if not isinstance(value, list) or not value:
            parts.append(f' "{name}": {json.dumps(value)}')
            continue
        lines = ",\n".join(f"  {json.dumps(item)}" for item in value)
        parts.append(f' "{name}": [\n{lines}\n ]')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main(arguments: list[str]) -> int:
    """Compile every key in words below `FOLDER/key/words`."""
    folder = Path(arguments[0])
    failed = 0
    for words in sorted((folder / "key" / "words").glob("*.txt")):
        report = next(path for path in sorted(folder.glob(f"{words.stem}.*")) if path.is_file())
        try:
            key = compile_key(reader_text(report), words.read_text(encoding="utf-8"))
        except BadKey as error:
            print(f"{words.name}\n{error}", file=sys.stderr)
            failed += 1
            continue
        target = folder / "key" / f"{words.stem}.json"
        target.write_text(as_text(key), encoding="utf-8")
        counts = {name: len(value) for name, value in key.items() if isinstance(value, list)}
        print(words.stem, counts)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
