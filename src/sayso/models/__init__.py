"""The language models a stage is lent: a Protocol each, and how it is loaded (lazily, offline, pinned)."""
