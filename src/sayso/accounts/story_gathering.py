"""Stories as they come in, one report after the other: only what a new report touches is grouped anew."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.accounts.story import StoryPrint, story_keys
from sayso.accounts.story_groups import NEIGHBOUR, same_stories
from sayso.accounts.story_pairs import story_score

MOST_BEHIND_A_KEY = 200
"""A key that stands for more reports than this tells nothing."""


@dataclass
class Gathering:
    """Reports gathered so far and the groups they fall into. The order in which they came does not matter to those.

    That holds as long as no key stands for more than `MOST_BEHIND_A_KEY` reports.
    """

    prints: dict[str, StoryPrint] = field(default_factory=dict)
    scores: dict[tuple[str, str], float] = field(default_factory=dict)
    group_of: dict[str, frozenset[str]] = field(default_factory=dict)
    _behind: dict[int, list[str]] = field(default_factory=dict)
    _near: dict[str, set[str]] = field(default_factory=dict)

    def add(self, story: StoryPrint) -> frozenset[str]:
        """Take one report in, and say which group it is of now. One that is known is not taken in twice."""
        if story.id in self.prints:
            return self.group_of[story.id]
        self._compare(story)
        touched = self._touched(story.id)
        for group in same_stories((self.prints[name] for name in touched), self._scored(touched)):
            for name in group:
                self.group_of[name] = group
        return self.group_of[story.id]

    def groups(self) -> tuple[frozenset[str], ...]:
        """All groups, in the order of their first id."""
        return tuple(sorted(set(self.group_of.values()), key=min))

    def _compare(self, story: StoryPrint) -> None:
        keys = story_keys(story)
        found = {name for key in keys for name in self._behind.get(key, ())[:MOST_BEHIND_A_KEY]}
        self.prints[story.id] = story
        self._near[story.id] = set()
        for name in found:
            score = story_score(story, self.prints[name])
            self.scores[min(name, story.id), max(name, story.id)] = score
            if score >= NEIGHBOUR:
                self._near[name].add(story.id)
                self._near[story.id].add(name)
        for key in keys:
            self._behind.setdefault(key, []).append(story.id)

    def _touched(self, start: str) -> frozenset[str]:
        """All reports that neighbours of neighbours connect with one."""
        found, fresh = {start}, {start}
        while fresh:
            fresh = {near for name in fresh for near in self._near[name]} - found
            found |= fresh
        return frozenset(found)

    def _scored(self, names: frozenset[str]) -> dict[tuple[str, str], float]:
        ordered = sorted(names)
        pairs = ((one, two) for place, one in enumerate(ordered) for two in ordered[place + 1 :])
        return {pair: self.scores[pair] for pair in pairs if pair in self.scores}
