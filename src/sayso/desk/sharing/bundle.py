"""The files of a bundle: pages of the same templates as the desk's, what a program reads, how to check it."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from html import unescape
from importlib import resources
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from sayso import __version__
from sayso.desk.links import digits
from sayso.desk.rendering import environment
from sayso.desk.sharing.excerpts import Excerpt, excerpts
from sayso.desk.sharing.links import INDEX, BundleLinks
from sayso.desk.views import incident as incident_view
from sayso.desk.views import trace as trace_view
from sayso.export.comparison_page import CHANGED
from sayso.export.ledger_json import KINDS, plain
from sayso.export.record_json import dumped
from sayso.record import FORMAT, Trace

if TYPE_CHECKING:
    from sayso.desk.sharing.content import Content, Kept

STYLES = {
    "bundle/claim.html": ("desk.css", "trace.css", "bundle.css"),
    "bundle/incident.html": ("desk.css", "ruling.css", "incident.css", "bundle.css"),
    "bundle/report.html": ("desk.css", "bundle.css"),
    "bundle/readme.txt": (),
}
SUMS = "SHA256SUMS"
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a zip: when a bundle was made is said in it, and nowhere else."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A folder by its name, and its files by theirs. `sentences` are the stretches of reports that are in it."""

    name: str
    files: Mapping[str, bytes]
    excerpts: int

    def zipped(self) -> bytes:
        """All of it as one zip, the same bytes for the same files."""
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped:
            for name, data in self.files.items():
                told = zipfile.ZipInfo(f"{self.name}/{name}", FIRST_DAY)
                told.compress_type, told.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                zipped.writestr(told, data)
        return held.getvalue()

    @property
    def seal(self) -> str:
        """The SHA-256 of the list of its files' hashes."""
        return hashlib.sha256(self.files[SUMS]).hexdigest()


def bundled(content: Content, *, at: str, language: str | None = None, query: str = "") -> Bundle:
    """The bundle of what is handed on, made at a time. `query` stands after every address, for a preview."""
    made = _Making(content, at, language, query)
    index = made.index()  # first: it is what asks for stretches of the reports
    cut = {one.row.id: made.cut(one) for one in content.reports}
    files = {
        INDEX: index,
        **{made.links.pages[one.row.id]: made.report(one, cut[one.row.id]) for one in content.reports},
    }
    files["data.json"] = _data(content, cut, at)
    files["README.txt"] = made.readme()
    ordered = {name: files[name].encode("utf-8", "backslashreplace") for name in sorted(files)}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in ordered.items())
    return Bundle(f"sayso-{content.name}", {**ordered, SUMS: sums.encode()}, sum(len(one) for one in cut.values()))


@dataclass(frozen=True)
class _Making:
    """One bundle while it is made."""

    content: Content
    at: str
    language: str | None
    query: str

    @cached_property
    def links(self) -> BundleLinks:
        held = None if isinstance(self.content.noun, Trace) else self.content.noun.incident.id
        return BundleLinks((one.row.id for one in self.content.reports), held, query=self.query)

    def index(self) -> str:
        content = self.content
        if isinstance(content.noun, Trace):
            return self._filled(
                "bundle/claim.html", shown=trace_view.shown(content.noun, content.pointing), changed=CHANGED
            )
        shown = incident_view.shown(content.noun, content.pointing)
        return self._filled("bundle/incident.html", shown=shown, near=(), before=None, after=None)

    def cut(self, kept: Kept) -> tuple[Excerpt, ...]:
        pointed = self.links.led_to.get(kept.row.id, ())
        return excerpts(kept.text, kept.sentences, pointed, whole=self.content.options.whole_texts)

    def report(self, kept: Kept, cut: tuple[Excerpt, ...]) -> str:
        links = BundleLinks(self.links.pages, self.links.held, query=self.query, up="../")
        return self._filled("bundle/report.html", links=links, kept=kept, cut=cut)

    def readme(self) -> str:
        return self._filled("bundle/readme.txt")

    def _filled(self, template: str, **shown: Any) -> str:
        style = _style(template)
        given = {
            "links": self.links,
            "in_bundle": True,
            "content": self.content,
            "at": self.at,
            "index": INDEX,
            "style": Markup(style),
            "policy": policy(style),
            "here": "",
            "path": "",
            "token": "",
            "twins": (),
            "notice": None,
            "is_fragment": False,
            "sums": SUMS,
            "query": self.query,
        }
        return environment(self.language).get_template(template).render(**{**given, **shown})


@cache
def _style(template: str) -> str:
    static = resources.files("sayso.desk").joinpath("static")
    return "\n".join(static.joinpath(name).read_text(encoding="utf-8") for name in STYLES[template])


def policy(style: str) -> str:
    """What a page of a bundle may do: show itself in this one style, and nothing else.

    The style stands in each page and is named by its hash: a page opened from disk has no origin of its own that every
    browser would take for its sheet's.
    """
    told = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{told}'; img-src data:; base-uri 'none'; form-action 'none'"


def policy_in(page: bytes) -> str:
    """The policy that a page of a bundle tells of itself, for a server that shows it."""
    found = POLICY.search(page.decode("utf-8"))
    return unescape(found[1]) if found else "default-src 'none'"


def _data(content: Content, cut: Mapping[str, tuple[Excerpt, ...]], at: str) -> str:
    """The same for a program."""
    told = {
        "format": FORMAT,
        "bundle": {
            "made_at": at,
            "sayso": __version__,
            "private_persons": "shown" if content.options.show_private else "withheld",
            "texts": "whole" if content.options.whole_texts else "sentences",
        },
        "of": {"format": FORMAT, "answer": KINDS[type(content.noun)], **plain(content.noun)},
        "decisions": plain(content.decisions),
        "reports": [
            {
                **plain(kept.row),
                "sha256": digits(kept.row.id),
                "excerpts": [
                    {"span": plain(one.span), "words": kept.text[one.span.start : one.span.end]}
                    for one in cut[kept.row.id]
                ],
            }
            for kept in content.reports
        ],
    }
    return dumped(told, pretty=True) + "\n"
