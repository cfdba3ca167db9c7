"""Words by which a claim is called false."""

FALSE_WORDS = frozenset({
    "false", "untrue", "baseless", "unfounded", "wrong", "fabricated", "fake", "lie", "fabrication", "nonsense",
    "absurd", "invention", "groundless", "hoax", "falsehood", "disinformation",
})  # fmt: skip
