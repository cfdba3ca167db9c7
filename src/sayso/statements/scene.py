"""One page on the table: everything the stage looks at, and where in the page a place is."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse
from sayso.record import Grounds, Page


@dataclass(frozen=True, slots=True)
class Scene:
    """A page with its parse, its grounds and the rows it is read by."""

    page: Page
    parse: Parse
    grounds: Grounds
    knowledge: Knowledge
    _sections: tuple[int, ...] = field(default=(), repr=False)
    _paragraphs: tuple[int, ...] = field(default=(), repr=False)

    def section_at(self, at: int) -> int:
        """The number of the section a place of the text stands in, -1 before the first."""
        return bisect_right(self._sections, at) - 1

    def paragraph_at(self, at: int) -> int:
        """The number of the paragraph a place of the text stands in, -1 before the first."""
        return bisect_right(self._paragraphs, at) - 1


def scene_of(page: Page, parse: Parse, grounds: Grounds, knowledge: Knowledge) -> Scene:
    """Lay a page out."""
    sections = tuple(section.span.start for section in page.sections)
    paragraphs = tuple(paragraph.start for paragraph in page.paragraphs)
    return Scene(page, parse, grounds, knowledge, sections, paragraphs)
