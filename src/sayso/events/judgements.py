"""The newsroom's own judgements, stated without a source."""

from __future__ import annotations

import re
from functools import cache

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse
from sayso.record import Check, Event, Page, Span, Spoken
from sayso.values.kept import kept
from sayso.values.spans import near, overlap


@cache
def _patterns(knowledge: Knowledge) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (
            re.compile(
                r"\b(?:" + "|".join(map(re.escape, sorted(row["words"], key=len, reverse=True))) + r")\b", re.IGNORECASE
            ),
            row["says"],
        )
        for row in knowledge.rows("en/judgement")
    )


def unattributed(
    page: Page, parse: Parse, spoken: Spoken, events: tuple[Event, ...], knowledge: Knowledge
) -> tuple[Check, ...]:
    """The judgements that no statement covers, each as a check that neither holds nor fails.

    Words inside a quotation, in a statement's words or in a cut are somebody's, or nobody's; they are left out.
    """
    if page.language != "en":
        return ()
    cuts = [cut.span for cut in page.cuts]
    said = sorted([w for statement in spoken.statements for w in statement.words] + [q.span for q in page.quotations])
    found: list[Check] = []
    for sentence in page.sentences:
        stretch = kept(page.report.text, sentence, near(cuts, sentence))
        for pattern, says in _patterns(knowledge):
            for match in pattern.finditer(stretch.text):
                span = stretch.span(*match.span())
                if span is not None and not _is_said(span, said):
                    found.append(
                        Check("unattributed", None, (span,), f"{page.report.text[span.start : span.end]!r}: {says}")
                    )
    return tuple(sorted(found, key=lambda check: check.spans))


def _is_said(span: Span, said: list[Span]) -> bool:
    return any(overlap(span, words) for words in said)
