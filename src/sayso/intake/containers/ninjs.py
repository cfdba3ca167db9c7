"""ninjs, the JSON of news wires (IPTC), versions 1 to 3, read leniently: names of keys count in any case.

Version 1 has `headline`, `body_text` and `infosource`; 2 has lists `headlines`, `bodies` and `infosources`; 3 the same
with capitals inside (`versionCreated`, `contentType`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sayso.intake.containers.parts import Piece, part_of, problem_in
from sayso.intake.containers.stamps import iso
from sayso.record import Metadata, Problem

if TYPE_CHECKING:
    from sayso.intake.containers.parts import Container, Part, PartProblem

MEDIA_TYPE = "application/vnd.iptc.ninjs+json"
SIGNS = frozenset(
    [
        "versioncreated",
        "firstcreated",
        "contentcreated",
        "pubstatus",
        "headlines",
        "bodies",
        "infosource",
        "infosources",
    ]
)
KILLED = frozenset({"canceled", "cancelled", "withheld"})
NOT_BODY = re.compile(r"caption|summary|abstract|teaser|description|alt|transcript|headline", re.IGNORECASE)
OWN = re.compile(r"publisher|provider|distributor|aggregator", re.IGNORECASE)
BYLINE = re.compile(r"^(?:by|von|par|por)\s+", re.IGNORECASE)
JOINED = re.compile(r"\s*(?:;|,|\band\b)\s*")
CODE = re.compile(r"[a-z]{2,3}")


class _Body(NamedTuple):
    value: str
    kind: str  # text/plain | text/html


def is_item(value: dict[str, Any]) -> bool:
    """Whether an object is a ninjs item: it has a `uri`, which ninjs asks for, and a key that only ninjs has."""
    names = {str(name).lower() for name in value}
    return "uri" in names and (bool(names & SIGNS) or any(name.startswith("body_") for name in names))


def part(container: Container, item: dict[str, Any], locator: str) -> Part | PartProblem:
    """The part of one item, or the row that says why there is none, as where the wire has killed it."""
    low = {str(name).lower(): value for name, value in item.items()}
    uri = _line(low.get("uri")) or ""
    where = f"{locator} ({uri})" if uri else locator
    url = uri if uri.startswith(("http://", "https://")) else None
    status = (_line(low.get("pubstatus")) or "").lower()
    if status in KILLED:
        return problem_in(container, _kill(status, low), where, url=url)
    body = _body(low)
    if body is None:
        kind = _line(low.get("type")) or "no stated type"
        return problem_in(container, Problem("no_text", f"The item ({kind}) has no body of text."), where, url=url)
    return part_of(
        container,
        Piece(
            data=body.value.encode("utf-8", errors="surrogatepass"),
            media_type=f"{body.kind}; charset=utf-8",
            locator=where,
            facts=_facts(low, url),
            url=url,
            problems=_notes(low),
            fragment=body.kind == "text/html",
        ),
    )


def _kill(status: str, low: dict[str, Any]) -> Problem:
    note = _line(low.get("ednote"))
    version = _line(str(low["version"])) if low.get("version") is not None else None
    says = (
        f"A kill notice: the wire calls this item{f', version {version},' if version else ''} {status}."
        f"{f' Its note: {note}' if note else ''} It was kept with the file and not read as a report;"
        " earlier versions of it may have been."
    )
    return Problem("kill_notice", says)


def _notes(low: dict[str, Any]) -> tuple[Problem, ...]:
    found: list[Problem] = []
    if note := _line(low.get("ednote")):
        found.append(Problem("editors_note", f"The wire's note to editors: {note}"))
    if until := _line(low.get("embargoeduntil") or low.get("embargoed")):
        found.append(Problem("embargo", f"The wire has set an embargo: {until}"))
    return tuple(found)


def _facts(low: dict[str, Any], url: str | None) -> Metadata:
    publisher, agencies = _newsroom(low)
    return Metadata(
        title=_title(low),
        url=url,
        publisher=publisher,
        writers=_writers(low),
        published=next(
            (at for name in ("published", "versioncreated", "firstcreated") if (at := iso(low.get(name)))), None
        ),
        language=_language(low),
        agencies=agencies,
    )


def _newsroom(low: dict[str, Any]) -> tuple[str | None, tuple[str, ...]]:
    """Who put the item out, and whose work it is by the wire's own statement of source."""
    sources = [each for each in _dicts(low.get("infosources") or low.get("infosource")) if _line(each.get("name"))]
    own = [each for each in sources if OWN.search(str(each.get("role") or ""))]
    holder = low.get("copyrightholder")
    named = _line(holder.get("name") or holder.get("literal")) if isinstance(holder, dict) else _line(holder)
    publisher = _line(own[0].get("name")) if own else named
    others = (_line(each.get("name")) for each in sources if each not in own)
    return publisher, tuple(dict.fromkeys(name for name in others if name and name != publisher))


def _body(low: dict[str, Any]) -> _Body | None:
    """The body: plain before HTML, and of either the first that is no caption or summary."""
    found = [*_listed_bodies(low), *_named_bodies(low)]
    plain = [body for body in found if body.kind == "text/plain"]
    return next(iter(plain or found), None)


def _listed_bodies(low: dict[str, Any]) -> list[_Body]:
    found: list[_Body] = []
    for each in _dicts(low.get("bodies")):
        value, role = each.get("value"), str(each.get("role") or "")
        kind = str(each.get("contenttype") or role)
        if isinstance(value, str) and value.strip() and not NOT_BODY.search(role):
            found.append(_Body(value, _kind(kind, value)))
    return found


def _named_bodies(low: dict[str, Any]) -> list[_Body]:
    """Version 1: `body_text`, `body_xhtml` and the like; what stands behind the dash is the kind."""
    return [
        _Body(value, _kind(name.partition("_")[2], value))
        for name, value in low.items()
        if (name.startswith("body_") or name == "body") and isinstance(value, str) and value.strip()
    ]


def _kind(said: str, value: str) -> str:
    said = said.lower()
    if "html" in said or "xml" in said or "nitf" in said or "rich" in said:
        return "text/html"
    if "plain" in said or "text" in said:
        return "text/plain"
    return "text/html" if re.search(r"<(?:p|div|br|h\d|section)\b", value[:5000], re.IGNORECASE) else "text/plain"


def _title(low: dict[str, Any]) -> str | None:
    headlines = _dicts(low.get("headlines"))
    main = [each for each in headlines if str(each.get("role") or "main").lower() == "main"]
    listed = next((line for each in main or headlines if (line := _line(each.get("value")))), None)
    return listed or _line(low.get("headline")) or _line(low.get("title"))


def _writers(low: dict[str, Any]) -> tuple[str, ...]:
    by = _line(low.get("by") or low.get("byline"))
    if not by:
        return ()
    return tuple(name for name in JOINED.split(BYLINE.sub("", by)) if name)


def _language(low: dict[str, Any]) -> str | None:
    code = (_line(low.get("language")) or "").split("-")[0].lower()
    return code if CODE.fullmatch(code) else None


def _dicts(value: Any) -> list[dict[str, Any]]:
    each = value if isinstance(value, list) else [value]
    return [{str(name).lower(): inner for name, inner in one.items()} for one in each if isinstance(one, dict)]


def _line(value: Any) -> str | None:
    return (" ".join(value.split())[:1000] or None) if isinstance(value, str) else None
