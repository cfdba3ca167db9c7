"""Stories as they come in, one report after the other: each is compared once with the few that it has a key with."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.accounts.story import StoryPrint, story_keys
from sayso.accounts.story_groups import same_stories
from sayso.accounts.story_pairs import story_score

MOST_BEHIND_A_KEY = 200
"""A key that stands for more reports than this tells nothing."""


@dataclass
class Gathering:
    """Reports gathered so far, with the scores of those that were compared.

    The order in which they came does not matter to the groups they fall into, as long as no key stands for more than
    `MOST_BEHIND_A_KEY` reports.
    """

    prints: dict[str, StoryPrint] = field(default_factory=dict)
    scores: dict[tuple[str, str], float] = field(default_factory=dict)
    _behind: dict[int, list[str]] = field(default_factory=dict)

    def add(self, story: StoryPrint) -> None:
        """Take one report in. One that is known is not taken in twice."""
        if story.id in self.prints:
            return
        keys = story_keys(story)
        found = {name for key in keys for name in self._behind.get(key, ())[:MOST_BEHIND_A_KEY]}
        for name in found:
            self.scores[min(name, story.id), max(name, story.id)] = story_score(story, self.prints[name])
        for key in keys:
            self._behind.setdefault(key, []).append(story.id)
        self.prints[story.id] = story

    def groups(self) -> tuple[frozenset[str], ...]:
        """The groups they fall into now, in the order of their first id."""
        return same_stories(self.prints.values(), self.scores)
