"""Templates, and what all of them are given: where things stand, the desk's own words, dates and counts in words."""

from __future__ import annotations

import hashlib
import re
import shlex
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from sayso import __version__
from sayso.desk.links import DeskLinks, digits
from sayso.desk.notices import notice_of, without_notice
from sayso.desk.security import FIELD, Access, token_for
from sayso.desk.speaking import direction, translations
from sayso.desk.views.ruling import seen_of
from sayso.export import aloud
from sayso.export.pointing import mark, when, where
from sayso.ledger.asking.taken import running
from sayso.ledger.problems import CaseProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from fastapi import Request

    from sayso.desk.app import Desk
    from sayso.ledger.asking.answers import RuledPart
    from sayso.ledger.asking.taken import Running

UNSEEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Characters that turn the direction of what follows them."""
HALVES = re.compile("[\ud800-\udfff]")
"""Halves of surrogate pairs, which a report in JSON can hold and no page can."""


@dataclass(frozen=True, slots=True)
class Twin:
    """The same answer for a program: where it is, and what it is called."""

    name: str  # JSON | CSV
    href: str


@cache
def environment(language: str | None = None) -> Environment:
    """The templates of the desk, speaking one language."""
    made = Environment(
        loader=PackageLoader("sayso.desk"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    words = translations(language)
    made.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    speaks = _speaking(words.gettext)
    made.globals.update(
        _=speaks,
        gettext=speaks,
        lang=(language or "en").replace("_", "-"),
        dir=direction(language),
        version=__version__,
        said=lambda table, kind: words.gettext(aloud.said(table, kind)),
        aloud=aloud,
        mark=mark,
        form_field=FIELD,
        seen_of=seen_of,
    )
    made.filters.update(
        day=when,
        place=where,
        published=aloud.published,
        stretch=_stretch,
        quantity=aloud.quantity,
        number=lambda value: f"{value:,}",
        digits=digits,
        shortly=_shortly,
        rejected_by=_rejected_by,
        plain=lambda kind: words.gettext(str(kind).replace("_", " ")),
        isolated=isolated,
    )
    return made


def _speaking(gettext: Callable[[str], str]) -> Callable[..., Markup]:
    """What templates say with `_` and `trans`. It does as Jinja's own, but what has no blanks to fill is made once.

    A page of a large incident says some ten thousand words of ours: that took a fifth of the time for making it.
    """

    @lru_cache(maxsize=4_096)
    def plain(said: str) -> Markup:
        return Markup(gettext(said)) % {}

    def speaks(said: str, **given: Any) -> Markup:
        return Markup(gettext(said)) % given if given else plain(said)

    return speaks


def page(request: Request, template: str, *, status: int = 200, **shown: Any) -> HTMLResponse:
    """A page of the desk as an answer."""
    return HTMLResponse(rendered(request, template, **shown), status)


def rendered(request: Request, template: str, **shown: Any) -> str:
    """A template filled in, with all that every page of the desk is given."""
    from sayso.desk.app import of

    desk = of(request)
    given = {
        "rail": request.app.state.rail if desk.is_somebody else (),
        "is_somebody": desk.is_somebody,
        "has_accounts": request.app.state.access.accounts,
        "signs_in_here": signs_in_here(request),
        "reading": _being_read(request, desk) if desk.is_somebody else None,
        "may_rule": desk.may_rule,
        "is_owner": desk.is_owner,
        "links": desk.links,
        "who": desk.who,
        "case_title": desk.title,
        "case_folder": shlex.quote(str(desk.case.folder)) if desk.is_somebody else "",
        "token": token_for(desk.secret, request.state.session),
        "path": request.url.path,
        "here": place_of(request),
        "permalink": f"{request.url.scheme}://{request.url.netloc}{without_notice(place_of(request))}",
        "twins": (),
        "in_bundle": False,
        "is_fragment": "x-sayso-fragment" in request.headers,
        "notice": notice_of(request, desk) if desk.is_somebody else None,
        "without_notice": without_notice(place_of(request)),
    }
    told = environment(desk.language).get_template(template).render(**{**given, **shown})
    return HALVES.sub("\ufffd", told)


def _being_read(request: Request, desk: Desk) -> Running | None:
    """How far the reading of what was taken in is; nothing where that cannot be asked just now."""
    if "x-sayso-fragment" in request.headers:
        return None
    try:
        return running(desk.case)
    except (CaseProblem, SQLAlchemyError):
        return None


def signs_in_here(request: Request) -> bool:
    """Whether people sign in at the desk itself, and a proxy does not do it for them."""
    access: Access = request.app.state.access
    return access.accounts and not (access.proxy and access.proxy.header)


def place_of(request: Request, ending: str = "") -> str:
    """The address that was asked for, from its path on, in signs that no text around it can read otherwise."""
    path = quote(request.url.path, safe="/:@!$&'()*+,;=~") + ending
    query = quote(request.scope["query_string"], safe="/:@!$&'()*+,;=~?%")
    return f"{path}?{query}" if query else path


def twins(request: Request, *, csv: bool = True) -> tuple[Twin, ...]:
    """Where a page's twins are: the same path with an ending, the same questions."""
    names = ("JSON", "CSV") if csv else ("JSON",)
    return tuple(Twin(name, place_of(request, f".{name.lower()}")) for name in names)


def query_of(asked: Mapping[str, Any], **changed: Any) -> str:
    """A query string of what is asked, with some of it changed; what is None or empty is left out."""
    told = {name: value for name, value in {**asked, **changed}.items() if value not in (None, "", False)}
    return f"?{urlencode(told)}" if told else ""


@cache
def stamp() -> str:
    """A mark of the desk's own files, so that a browser asks anew when they change."""
    summed = hashlib.sha256()
    for one in sorted(_files(resources.files("sayso.desk").joinpath("static")), key=lambda found: found.name):
        summed.update(one.name.encode() + one.read_bytes())
    return summed.hexdigest()[:12]


def links() -> DeskLinks:
    """The addresses of a desk that is served."""
    return DeskLinks(stamp())


def isolated(words: str) -> str:
    r"""Words in which no character turns the direction of what follows: such characters are shown by their number.

    For words that are told, not for the sealed text, whose characters all stay.

    >>> isolated("a\u202eb")
    'a⟨U+202E⟩b'
    """
    if not UNSEEN.intersection(words):
        return words
    return "".join(f"⟨U+{ord(char):04X}⟩" if char in UNSEEN else char for char in words)


def _files(folder: Any) -> Any:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _files(one)
        else:
            yield one


def _stretch(pair: tuple[str | None, str | None]) -> str:
    return aloud.stretch(*pair) if any(pair) else ""


def _rejected_by(ruled: Mapping[str, Iterable[RuledPart]], part: str | None) -> str | None:
    """Who rejected a statement or an event, among what was ruled of each; None where nobody did."""
    return next((one.who for one in ruled.get(part or "", ()) if one.standing == "rejected"), None)


def _shortly(words: str, room: int = 160) -> str:
    """Words cut at a blank, with dots where some are left out."""
    plain = " ".join(words.split())
    return plain if len(plain) <= room else plain[:room].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
