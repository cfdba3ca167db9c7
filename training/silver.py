"""Lessons that the rules give: open texts without marks, read by Sayso's rules alone.

The open weights learn from these beside the composed rows. The rules never saw such texts when they were written; what
they find is right more often than not, and the net smooths over where they are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.grounding import ground
from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.models.tagging import Frame
from sayso.reading import read_page
from sayso.record import Given
from sayso.statements.draft import Draft
from sayso.statements.drafts import drafted
from sayso.statements.frames import words_by_paragraph
from sayso.statements.scene import Scene, scene_of
from sayso.statements.shapes import Range, noun_phrase
from training.rows import Lesson

HEADER = re.compile(r"^(?:DEV|TST\d)-MUC\d-\d+.*$", re.MULTILINE)

WRAPPED = re.compile(r"\n(?=\S)(?!(?:DEV|TST\d)-MUC)")


def muc_texts(folder: Path) -> Iterator[str]:
    """The texts of MUC-4's raw files (US government translations of broadcasts and papers), without their headers."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(("key", "text-headers")):
            text = path.read_text(encoding="utf-8", errors="replace")
            whole = WRAPPED.sub(" ", text)
            yield from (part.strip() for part in HEADER.split(whole) if len(part.split()) > 40)


def silver(texts: Iterable[str]) -> Iterator[Lesson]:
    """What the rules find in each text, as a lesson; texts without a statement teach too."""
    for text in texts:
        page = read_page(sealed(text.encode(), media_type="text/plain; charset=utf-8"), Given(), ours())
        parse = english_parser().parse(page)
        scene = scene_of(page, parse, ground(page, parse, ours()), ours())
        frames = [frame for draft in drafted(scene) if (frame := _frame(scene, draft)) is not None]
        yield Lesson(words_by_paragraph(scene), frames)


def _frame(scene: Scene, draft: Draft) -> Frame | None:
    if draft.cue.cue is None:
        return None
    who = draft.cue.who_range
    if who is None and draft.cue.who is not None:
        who = noun_phrase(scene.parse, draft.cue.who)
    return Frame(draft.cue.cue, (who,) if who else (), tuple(_with_that(scene, words) for words in draft.said), 1.0)


def _with_that(scene: Scene, words: Range) -> Range:
    """The words with a "that" before them, as the composed rows mark them."""
    first = words[0]
    before = scene.parse.tokens[first - 1].text.lower() if first else ""
    return (first - 1, words[1]) if before == "that" else words
