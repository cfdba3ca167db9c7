"""Same words, same reading: leftovers, the kind of quotation marks, capitals and glued lines change no statement.

Each transformation of a paragraph must leave its statements as they are: the speaker's words, the act, the words said,
and how they are quoted. What is known to fail is listed by name, with why; a share of each kind must hold.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import sayso

Change = Callable[[str], str | None]
WORD = re.compile(r"[^\W_]+")

BASES = {
    "mayor said, then more": "“The bridge cannot carry a truck,” said Ana Reva, the mayor of Marn. “We "
    "need pontoons by Friday.”",
    "nurse before the cue": "“We have no water,” a nurse told Northwire. The governor blamed the pumping station.",
    "indirect with that": "The Upland army said that its gunners had hit two fuel depots near Dolna. "
    "Officials in Marn denied it.",
    "denial and no comment": "Sudan denied firing on the convoy. Chad declined to comment.",
    "cannot verify": "The rebels said they held the airport. Northwire could not independently verify the claim.",
    "accuses of": "Rwanda accused Congo of shelling a school in Goma. Congo’s foreign minister rejected the charge.",
    "according to": "At least 12 people died in the blast, according to the regional health office.",
    "two speakers": "The governor, Pavel Orlo, said nobody was hurt. His deputy told reporters "
    "that three drivers were missing.",
    "mixed words": "The spokeswoman called the raid “a shameful act of piracy” and demanded that the crew be freed.",
    "nested quotation": "“My son shouted ‘get down’ and we ran,” Ira Velm said. “Then the roof fell.”",
    "that and a quotation": "General Tom Hale said the valley was “quiet for now” but warned that "
    "drones were still flying.",
    "warns": "The ministry warned on Tuesday that the dam could burst. Engineers urged "
    "families to leave the lower town.",
    "told by a witness": "A shopkeeper said soldiers had taken his van. “They paid me nothing,” he said.",
    "telegram": "The governor of Kharkiv wrote on Telegram that two drones had been shot down overnight.",
    "question": "“Who will rebuild this street?” asked Lena Dorr, a teacher. Nobody at the town hall answered.",
    "long quotation around the cue": "“Our teams reached the cellar at dawn,” the rescue chief said, “and they "
    "found eleven people alive.”",
    "nothing but indirect": "Lebanon’s prime minister promised that the port would reopen in May. "
    "The union doubted it.",
    "president announces": "President Mila Stann announced a truce on Monday. Her rival, Jon Baker, called it a trick.",
    "confirmed": "The United Nations confirmed that four of its trucks had been looted near Khartoum.",
    "officials say present": "Officials say the curfew will last a week. Residents say they were never told.",
    "refused": "The colonel refused to say how many men he had lost. He admitted that the hill was gone.",
    "passive": "The pilot was accused of bombing a market. He has denied it, his lawyer said.",
    "claimed": "The front claimed it had captured 40 soldiers in the north. The army "
    "dismissed the claim as “a fairy tale”.",
    "women and men": "“They shot at the ambulance twice,” said Oskar Lunn, a driver. Police said "
    "they were looking into it.",
    "three in a row": "The mayor said the mill was burning. Firefighters said the road was mined. The "
    "army said it knew of no mines.",
    "quotation then verb subject": "“It was an accident,” insisted the harbor master. “Nobody fired a shot.”",
    "exclamation": "“Stay in your homes!” the police chief told the crowd. He said the gas had spread to the market.",
    "court": "Prosecutors said the two officers had ordered the killings. Their lawyers argued "
    "that no order was ever written.",
    "threat": "Iran threatened to close the strait. “We will not ask again,” its navy chief said.",
    "both sides": "Russia said it had struck a barracks. Ukraine said the missiles had hit a "
    "dormitory and killed nine students.",
    "denial on camera": "The minister denied on Monday that his guards had fired. “I was there,” he told Northwire.",
    "hospital": "Doctors said 14 wounded had reached the hospital in Beirut. The army did not comment.",
}
NAMES = list(BASES)
SAMPLE = Path(sayso.__file__).parent / "sample"
REPORTS = sorted(SAMPLE.glob("*.txt"))
ROWS = (SAMPLE / "knowledge",)


@cache
def statements(text: str, *, kind: bool = True, rows: tuple[Path, ...] = ()) -> list[tuple[str, ...]]:
    """Each statement as words without case and marks: who, act, words, and how quoted if `kind`."""
    reading = sayso.read_text(text, knowledge=rows)

    def words(*stretches: tuple[int, int]) -> str:
        return " ".join(WORD.findall(" ".join(text[start:end] for start, end in stretches).casefold()))

    return [
        (
            words((said.who.start, said.who.end)) if said.who else "",
            said.act,
            words(*((span.start, span.end) for span in said.words)),
            *([said.quotation] if kind else []),
        )
        for said in reading.statements
    ]


# Marks. The paragraphs have curly ones.


def straight(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def single(text: str) -> str:
    """Single marks outside and double inside, as British papers have them; apostrophes stay."""
    inner = re.sub("‘([^’]*)’", "\x01\\1\x02", text)
    return inner.translate(str.maketrans("“”\x01\x02", "‘’“”"))


def lacking(number: int) -> Change:
    """The paragraph without one of its closing marks."""

    def change(text: str) -> str | None:
        places = [found.start() for found in re.finditer("”", text)]
        return text[: places[number]] + text[places[number] + 1 :] if number < len(places) else None

    return change


def then(*changes: Change) -> Change:
    """One change after another; none where one does not apply."""

    def change(text: str) -> str | None:
        changed: str | None = text
        for each in changes:
            changed = each(changed) if changed is not None else None
        return changed

    return change


def swapped(opening: str, closing: str) -> Callable[[str], str]:
    return lambda text: text.replace("“", opening).replace("”", closing)


# Capitals.


def wrapped(text: str) -> str:
    return textwrap.fill(straight(text).upper(), 66)


def between_others(text: str) -> str:
    return f"The council met for an hour on Monday. It rose at noon.\n\n{text.upper()}\n\nThe river was calm."


# Leftovers, one of them for each paragraph in turn.

LEFTOVERS = (
    "Sign up for our newsletter",
    "Read more",
    "Advertisement",
    "Share this article",
    "Follow us on Telegram",
    "Subscribe now",
    "Listen to this article",
    "5 min read",
    "Click here to read more",
    "Story continues below",
    "Copyright 2023 Northwire. All rights reserved.",
)
LINES = (
    *LEFTOVERS,
    "READ ALSO: Bridge falls in Marn",
    "Related: Who holds the river?",
    "Share\nFacebook\nX\nCopy link",
    "Reporting by Ana Reva; Editing by Tom Hale",
    "(Reporting by Ana Reva; Editing by Tom Hale)",
    "Photo: Ana Reva/Northwire",
    "A burnt bus in Dolna on Friday. Photo: Ana Reva/Northwire",
    "Image caption, A burnt bus in Dolna",
    "WATCH: Drone video shows flooded valley",
)
BOUNDARY = re.compile("(?<=[.!?])(”?) (?=[“A-Z])")


def put(template: str, leftovers: tuple[str, ...]) -> Change:
    """A leftover between the first two sentences; which one, the length of the paragraph says."""

    def change(text: str) -> str | None:
        if not BOUNDARY.search(text):
            return None
        leftover = leftovers[len(text) % len(leftovers)]
        return BOUNDARY.sub(lambda found: found[1] + template.format(leftover), text, count=1)

    return change


def around(template: str) -> Change:
    return lambda text: template.format(text, LINES[len(text) % len(LINES)], LINES[(len(text) // 7) % len(LINES)])


def headed(heading: str) -> Change:
    return lambda text: heading + text


GROUPS: dict[str, dict[str, Change]] = {
    "marks": {
        "straight": straight,
        "guillemets": swapped("«", "»"),
        "guillemets with blanks": swapped("«\u00a0", "\u00a0»"),
        "guillemets inwards": swapped("»", "«"),
        "low": swapped("„", "“"),
        "backticks": swapped("``", "''"),
        "doubled singles": swapped("‘‘", "’’"),
        "doubled straight singles": swapped("''", "''"),
    },
    "single marks": {"curly": single, "straight": then(single, straight)},
    "missing mark": {
        "the first": lacking(0),
        "the second": lacking(1),
        "the first, straight": then(lacking(0), straight),
        "the second, straight": then(lacking(1), straight),
        "the first, guillemets": then(lacking(0), swapped("«", "»")),
    },
    "capitals": {
        "all": str.upper,
        "all, straight": then(straight, str.upper),
        "one paragraph": between_others,
        "broken to a width": wrapped,
        "below an old dateline": then(wrapped, headed("SAN MARO, 3 JAN 90 (NORTHWIRE) -- [TEXT] ")),
    },
    "small letters": {"all": str.lower},
    "leftovers": {
        "between sentences": put(" {} ", LEFTOVERS),
        "glued to a sentence": put("{} ", LEFTOVERS),
        "glued on both sides": put("{}", LEFTOVERS),
        "on a line": put("\n\n{}\n\n", LINES),
        "around": around("{1}\n\n{0}\n\n{2}"),
        "below": around("{0}\n{1}\n{2}"),
    },
    "glued": {
        "capitals": headed("BORDER TOWNS "),
        "one word in capitals": headed("DIPLOMACY "),
        "capitals without a blank": headed("BORDER TOWNS"),
        "capitals and a dash": headed("BORDER TOWNS — "),
        "small letters without a blank": headed("Border towns wait"),
        "large letters without a blank": headed("Border Towns"),
        "small letters": headed("Border towns wait for aid "),
        "dateline": headed("GOMA, May 4 (Northwire) -"),
        "short dateline": headed("MARN — "),
        "caption": headed("A burnt bus in Dolna. [Ana Reva/Northwire] "),
        "credit of a picture": headed("Photo: Ana Reva/Northwire "),
        "caption with an agency": headed("A burnt bus in Dolna on Friday. REUTERS/Ana Reva "),
    },
}
WHOLE: dict[str, Callable[[str], str]] = {"capitals": str.upper, "straight": straight, "guillemets": swapped("«", "»")}
WHOLE_SHARES = {"capitals": 0.95, "straight": 1.0, "guillemets": 1.0}
SHARES = {
    "marks": 1.0,
    "single marks": 1.0,
    "missing mark": 0.97,
    "capitals": 0.97,
    "small letters": 0.9,
    "leftovers": 1.0,
    "glued": 0.97,
}
"""The share of each kind that must be read the same."""

FAILS = {
    ("glued", "capitals without a blank", "told by a witness"): "TOWNSA may be one word",
    **dict.fromkeys(
        [("glued", "small letters", name) for name in ("that and a quotation", "both sides")],
        "nothing but the sense shows where the heading ends: a name follows it",
    ),
}

CASES = {
    (group, way, name): changed
    for group, ways in GROUPS.items()
    for way, change in ways.items()
    for name, text in BASES.items()
    if (changed := change(text)) is not None and changed != text
}


def _case(group: str, way: str, name: str) -> object:
    why = FAILS.get((group, way, name))
    marks = [pytest.mark.xfail(strict=True, reason=why)] if why else []
    return pytest.param(group, way, name, id=f"{group}-{way}-{name}", marks=marks)


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_tells_something(name: str) -> None:
    assert statements(BASES[name])


@pytest.mark.parametrize(("group", "way", "name"), [_case(*key) for key in CASES])
def test_the_same_words_are_read_the_same(group: str, way: str, name: str) -> None:
    kind = group != "missing mark"  # one mark alone does not tell what stands in marks
    assert statements(CASES[group, way, name], kind=kind) == statements(BASES[name], kind=kind)


@pytest.mark.parametrize("group", list(GROUPS))
def test_the_share_of_a_kind_holds(group: str) -> None:
    cases = [key for key in CASES if key[0] == group]
    failing = [key for key in cases if key in FAILS]
    assert 1 - len(failing) / len(cases) >= SHARES[group]


@pytest.mark.parametrize("way", list(WHOLE))
def test_the_sample_s_statements_are_read_the_same(way: str) -> None:
    """Whole reports, each below its first line, transformed: so many of their statements stay as they are."""
    kept = total = 0
    for path in REPORTS:
        text = sayso.read(path, knowledge=ROWS).page.report.text
        title, _, story = text.partition("\n")
        before = Counter(statements(text, rows=ROWS))
        after = Counter(statements(f"{title}\n{WHOLE[way](story)}", rows=ROWS))
        kept += (before & after).total()
        total += max(before.total(), after.total())
    assert total > 100
    assert kept / total >= WHOLE_SHARES[way]


def test_what_is_listed_to_fail_is_there() -> None:
    assert set(FAILS) <= set(CASES)
