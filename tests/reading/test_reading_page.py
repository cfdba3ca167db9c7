"""A page: what is the title, a heading, a credit, a dateline, the story; when it came out; what was done to it."""

from __future__ import annotations

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import Given, Metadata, Page, Span

STORY = "Shells hit two blocks in Dolna late on Tuesday, killing three people, the mayor said. The road is open."
MORE = "The Upland army gave no figure for its own losses. It seldom does, and it did not say why."


def read(text: str, given: Given | None = None) -> Page:
    return read_page(sealed(text.encode(), media_type="text/plain"), given or Given(), ours())


def sliced(page: Page, spans: tuple[Span, ...]) -> list[str]:
    return [page.report.text[span.start : span.end] for span in spans]


def headings(page: Page) -> list[str | None]:
    return [page.report.text[s.heading.start : s.heading.end] if s.heading else None for s in page.sections]


HEADED = [
    (f"{STORY}\n\nBORDER TOWNS\n\n{MORE}", [None, "BORDER TOWNS"]),
    (f"{STORY}\n\nWhat next?\n\n{MORE}", [None, "What next?"]),
    (f"{STORY}\n\nNew shelling in the east\n\n{MORE}", [None, "New shelling in the east"]),
    (f"{STORY}\n\n“MORALLY RIGHT”\n\n{MORE} It was “morally right”.", [None, "“MORALLY RIGHT”"]),
    (f"{STORY}\n\n## The east\n\n{MORE}", [None, "## The east"]),
    (f"{STORY}\n\n14:05\n\n{MORE}\n\n14:30 GMT\n\n{MORE} So.", [None, "14:05", "14:30 GMT"]),
    (f"{STORY}\n\n2.30pm\nArmy leaves Marn\n{MORE}", [None, "2.30pm", "Army leaves Marn"]),
    (f"{STORY}\n\n9:41 a.m. ET, March 3, 2023\n\n{MORE}", [None, "9:41 a.m. ET, March 3, 2023"]),
    (f"{STORY}\n\n2.30\n\n{MORE}", [None]),  # a figure, for all we know
    (f"{STORY}\n\nDOLNA\n\nImage caption: Smoke over the river\n\n{MORE}", [None, "DOLNA"]),
    (f"{STORY}\n\nDOLNA\n\nImage caption\n\nSmoke over the river\n\n{MORE}", [None, "DOLNA"]),
    (f"{STORY}\n\nThis article is more than 2 months old\n\n{MORE}", [None]),
    (f"{STORY}\n\n{MORE}", [None]),
    (f"{STORY}\n\nBread\n\nWater\n\nLight\n\n{MORE}", [None]),  # three short lines are a list
    (f"{STORY}\n\nThe army left, she said:\n\n{MORE}", [None]),
    (f"{STORY}\n\n- Bread\n\n{MORE}", [None]),
    (f"{STORY}\n\n{MORE}\n\nThe end", [None]),  # nothing follows it
]


@pytest.mark.parametrize(("text", "expected"), HEADED)
def test_headings_make_sections(text: str, expected: list[str | None]) -> None:
    page = read(text)
    assert headings(page) == expected
    assert [section.id for section in page.sections] == [f"sec{number + 1}" for number in range(len(expected))]
    assert page.sections[0].span.start == 0
    assert page.sections[-1].span.end == len(text)
    said = sliced(page, page.sentences)
    assert not any(heading in said for heading in expected)


TITLED = [
    (f"Shells hit Dolna\n\n{STORY}", "Shells hit Dolna"),
    (f"Shells hit Dolna\n{STORY}\n{MORE}", "Shells hit Dolna"),
    (f"# Shells hit Dolna\n\nBy Ana Reva\n\n{STORY}", "Shells hit Dolna"),
    (f"WHO HOLDS THE BRIDGE?\n\n{STORY}", "WHO HOLDS THE BRIDGE?"),
    (f"LIVE: Army closes on Dolna\n\nKey points\n\n{STORY}", "LIVE: Army closes on Dolna"),
    (f"BREAKING: Shells hit Dolna\n\n{STORY}", "BREAKING: Shells hit Dolna"),
    (f"Update: Shells hit Dolna\n\n{STORY}", "Update: Shells hit Dolna"),
    (f"WATCH: Shells hit Dolna\n\nBy Ana Reva\n\n{STORY}", "WATCH: Shells hit Dolna"),
    # Where a headline stands below it, it is a link above that.
    (f"WATCH: Smoke over the river\n\nShells hit two blocks in Dolna\n\n{STORY}", "Shells hit two blocks in Dolna"),
    (f"Share\n\nLIVE: Army closes on Dolna\n\n{STORY}", "LIVE: Army closes on Dolna"),
    (f"Army closes on Dolna\n\n1 March 2024\n\n14:05\nGrain ship hit off Marn\n{STORY}", "Army closes on Dolna"),
    (f"{STORY}\n\n{MORE}", None),
    ("Shells hit Dolna", None),  # a lone line is all the story there is
]


@pytest.mark.parametrize(("text", "title"), TITLED)
def test_a_first_line_without_a_stop_is_the_title(text: str, title: str | None) -> None:
    page = read(text)
    assert (page.title.name if page.title else None) == title
    if page.title and page.title.span:
        assert sliced(page, (page.title.span,)) == [title]
        assert page.title.basis == "text"
        assert title not in sliced(page, page.sentences)


def test_credits_glued_to_an_unfinished_sentence_are_credits() -> None:
    end = "Writing by Tom Hale and Mara Okoye. edited by Ivo Bell & Li Ort"
    text = (
        f"{STORY} The fastest march of the year went round the town Sign up today for FREE full access to"
        f" Northwire.comSign up Report from Interfax offices. {end} Our Standards: The Northwire Fairness Principles."
    )
    page = read(text)
    assert sliced(page, page.credits) == [
        "Report from Interfax offices.",
        "Writing by Tom Hale and Mara Okoye.",
        end[36:],
    ]
    assert sliced(page, page.sentences)[-1] == "The fastest march of the year went round the town"
    assert [named.name for named in page.writers] == ["Tom Hale", "Mara Okoye"]
    assert [named.name for named in page.editors] == ["Ivo Bell", "Li Ort"]
    assert [named.name for named in page.agencies] == ["Interfax"]
    assert [cut.why for cut in page.cuts] == ["prompt", "prompt", "boilerplate"]
    for named in (*page.writers, *page.editors, *page.agencies):
        assert named.span is not None
        assert sliced(page, (named.span,)) == [named.name]


FILED = [
    ("DOLNA, May 4 (Northwire) - Shells hit it.", "DOLNA, May 4 (Northwire)", "Northwire"),
    ("DOLNA (AP) — Shells hit it.", "DOLNA (AP)", "Associated Press"),
    ("Dolna (AFP) – Shells hit it.", "Dolna (AFP)", "Agence France-Presse"),
    ("MOSCOW. Sept 3. INTERFAX - Shells hit it.", "MOSCOW. Sept 3. INTERFAX", "Interfax"),
    ("MOSCOW, September 3. /TASS/. Shells hit it.", "MOSCOW, September 3. /TASS/", "TASS"),
    (
        "NEW DOLNA, Upland, 4 May (Reuters) -- “Shells hit it,” she said.",
        "NEW DOLNA, Upland, 4 May (Reuters)",
        "Reuters",
    ),
    ("KYIV/DOLNA, May 4 (Reuters) - Shells hit it.", "KYIV/DOLNA, May 4 (Reuters)", "Reuters"),
    ("DOLNA — Shells hit it.", "DOLNA", None),
    (
        "PORT-DE-MARN, Upland, May 4, 2024 (Marn Press Service) - Shells hit it.",
        "PORT-DE-MARN, Upland, May 4, 2024 (Marn Press Service)",
        "Marn Press Service",
    ),
    ("AL-DOLNA, Upland (MN) — Shells hit it.", "AL-DOLNA, Upland (MN)", "MN"),
    ("NEW DOLNA/MARN (AFP) - Shells hit it.", "NEW DOLNA/MARN (AFP)", "Agence France-Presse"),
    ("NEW DOLNA/PORT-DE-MARN, 4 May 2024 - Shells hit it.", "NEW DOLNA/PORT-DE-MARN, 4 May 2024", None),
    ("DEIR AL-MARN, Upland Strip — Shells hit it.", "DEIR AL-MARN, Upland Strip", None),
    ("al-Dolna, Upland (AFP) — Shells hit it.", "al-Dolna, Upland (AFP)", "Agence France-Presse"),
    ("WASHINGTON, D.C. (AFP) — Shells hit it.", "WASHINGTON, D.C. (AFP)", "Agence France-Presse"),
    (
        "DOLNA, Upland, and MARN, Upland (AFP) — Shells hit it.",
        "DOLNA, Upland, and MARN, Upland (AFP)",
        "Agence France-Presse",
    ),
    ("ST. ANNE’S, Upland — Shells hit it.", "ST. ANNE’S, Upland", None),
    ("Dolna, May 4 – Shells hit it.", "Dolna, May 4", None),
    ("(Dolna, May 4, 2023) – Shells hit it.", "(Dolna, May 4, 2023)", None),  # as press releases write it
    ("(New Dolna) – Shells hit it.", "(New Dolna)", None),
    ("DOLNA, Upland (4 May 2023) — Shells hit it.", "DOLNA, Upland (4 May 2023)", None),
]


@pytest.mark.parametrize(("text", "dateline", "agency"), FILED)
def test_a_dateline_is_told_from_the_sentence_after_it(text: str, dateline: str, agency: str | None) -> None:
    page = read(f"{text}\n\n{MORE}")
    assert page.dateline is not None
    assert sliced(page, (page.dateline.span,)) == [dateline]
    assert sliced(page, page.sentences)[0] in ("Shells hit it.", "“Shells hit it,” she said.")
    assert [named.name for named in page.agencies] == ([agency] if agency else [])


NOT_FILED = [
    "The mayor (Ana Reva) - a nurse - spoke.",
    "Shells – two of them – hit Dolna.",
    "NATO is an alliance - and a large one.",
    "FROG – the launchers – hit the bridge.",
    "Hale (Upland) and Reva (Marn) - both nurses - spoke.",
    "On May 4 - a Wednesday - shells hit it.",
]


@pytest.mark.parametrize("text", NOT_FILED)
def test_a_dash_makes_no_dateline(text: str) -> None:
    page = read(f"{text}\n\n{MORE}")
    assert page.dateline is None
    assert sliced(page, page.sentences)[0] == text


POSTS = [
    ("6:05 PM Shells hit it.", "6:05 PM"),
    ("14:20 “Shells hit it,” she said.", "14:20"),
    ("[14:20] Shells hit it.", "[14:20]"),
    ("9:40am – Shells hit it.", "9:40am"),
    ("17.45 GMT Shells hit it.", "17.45 GMT"),
]


@pytest.mark.parametrize(("text", "clock"), POSTS)
def test_a_clock_before_a_post_is_no_part_of_its_first_sentence(text: str, clock: str) -> None:
    page = read(f"{MORE}\n\n{text}")
    assert sliced(page, page.sentences)[-1] in ("Shells hit it.", "“Shells hit it,” she said.")
    assert page.sections[-1].heading is not None
    assert sliced(page, (page.sections[-1].heading,)) == [clock]


NO_CLOCK = [
    "2:30 Monday was the hour of the raid.",  # goes on to say which day
    "10:15 a.m. saw the first shells.",
    "4.12 The parties shall leave Dolna.",  # the number of a clause
    "14 May was the day of the raid.",
]


@pytest.mark.parametrize("text", NO_CLOCK)
def test_figures_that_belong_to_a_sentence_stay_in_it(text: str) -> None:
    assert sliced(read(f"{MORE}\n\n{text}"), read(f"{MORE}\n\n{text}").sentences)[-1] == text


def test_a_credit_ends_an_unfinished_sentence_with_the_prompt_before_it() -> None:
    page = read(f"{MORE}\n\nThey hold the road to the sea read more Reporting by Uplander staff; Editing by Tom Hale")
    assert sliced(page, page.sentences)[-1] == "They hold the road to the sea"
    assert [named.name for named in page.agencies] == ["Uplander"]
    assert [cut.why for cut in page.cuts] == ["related_link"]


DATED = [
    (f"Shells hit Dolna\n\nPublished 16 September 2022\n\n{STORY}", None, "2022-09-16", "dateline"),
    (f"Shells hit Dolna\n\nUpdated: Sept. 17, 2022, 14:05\n\n{STORY}", None, "2022-09-17", "dateline"),
    (
        f"Shells hit Dolna\n\nUpdated: Sept. 17, 2022\n\nPublished: Sept. 16, 2022\n\n{STORY}",
        None,
        "2022-09-16",
        "dateline",
    ),
    (f"DOLNA, Sept. 16, 2022 (AP) — {STORY}", None, "2022-09-16", "dateline"),
    (f"Published 16 September 2022\n\n{STORY}", "2022-09-18", "2022-09-18", "given"),
    (f"{STORY}", "2022-09-18T23:30:00+03:00", "2022-09-18", "given"),
    (f"Shells hit Dolna\n\nPublished 02/03/2022\n\n{STORY}", None, None, "unknown"),  # two days fit
    (f"DOLNA, Sept. 16 (AP) — {STORY}", None, None, "unknown"),  # no year
    (f"{STORY} It was 16 September 2022.", None, None, "unknown"),  # a date in the story is not the report's
    (f"{STORY}", None, None, "unknown"),  # never today
    (f"{STORY}", "last week", None, "unknown"),
]


@pytest.mark.parametrize(("text", "given", "day", "basis"), DATED)
def test_a_report_is_dated_by_what_says_so(text: str, given: str | None, day: str | None, basis: str) -> None:
    page = read(text, Given(published=given))
    assert (page.published.earliest, page.published.basis) == (day, basis)
    assert (
        page.published.latest is None if day is None else page.published.latest == f"{day[:-2]}{int(day[-2:]) + 1:02}"
    )
    assert [problem.kind for problem in page.problems] == (["bad_date"] if given == "last week" else [])


def test_the_stretch_that_dates_a_report_is_shown() -> None:
    text = f"Shells hit Dolna\n\nUpdated: Sept. 17, 2022\n\nPublished: Sept. 16, 2022\n\n{STORY}"
    page = read(text)
    assert sliced(page, page.published.spans) == ["Published: Sept. 16, 2022"]


def test_metadata_comes_after_what_is_given_and_before_the_text() -> None:
    source = (
        "<html lang='en'><head><meta property='og:site_name' content='Dolna Courier'>"
        "<meta property='article:published_time' content='2022-09-16T23:00:00+02:00'></head>"
        f"<body><article><p>{STORY}</p><p>{MORE}</p></article></body></html>"
    )
    report = sealed(source.encode())
    page = read_page(report, Given(), ours())
    assert (page.published.earliest, page.published.latest, page.published.basis) == (
        "2022-09-16",
        "2022-09-17",
        "metadata",
    )
    assert page.publisher is not None
    assert (page.publisher.name, page.publisher.basis) == ("Dolna Courier", "metadata")
    given = read_page(report, Given(published="2022-09-20", publisher="Northwire"), ours())
    assert given.published.basis == "given"
    assert given.publisher is not None
    assert (given.publisher.name, given.publisher.basis) == ("Northwire", "given")
    assert report.metadata != Metadata()


OWN_VOICE = [
    ("Reuters was not able to verify their reports.", ["Reuters"]),
    ("The reports could not be confirmed, and Interfax was unable to verify them.", ["Interfax"]),
    ("“We stay,” she told Reuters.", ["Reuters"]),
    ("A Reuters photographer saw two burned cars.", ["Reuters"]),
    ("Interfax said on Tuesday that the bridge fell.", []),  # quoted, not credited
    ("He told Sky News that the bridge fell.", []),  # no agency
    ("The mayor read it on Reuters.", []),
]


@pytest.mark.parametrize(("sentence", "agencies"), OWN_VOICE)
def test_an_agency_is_credited_where_it_speaks_as_the_newsroom(sentence: str, agencies: list[str]) -> None:
    assert [named.name for named in read(f"{STORY} {sentence} {MORE}").agencies] == agencies


LANGUAGES = [
    (STORY, "en"),
    ("Shells hit Dolna.", "en"),
    ("BRIDGE GONE", "en"),
    ("Обстріли тривали всю ніч. Мер міста повідомив, що загинули троє людей, і їхні сусіди.", "uk"),
    ("Обстрелы продолжались всю ночь. Мэр города сообщил о трёх погибших.", "ru"),
    ("قال رئيس البلدية إن ثلاثة أشخاص قتلوا في القصف على المدينة مساء الثلاثاء.", "ar"),
    ("Les obus ont frappé deux immeubles à Dolna mardi soir, tuant au moins trois personnes, a dit le maire.", "fr"),
    ("12345 — 678", "und"),
]


@pytest.mark.parametrize(("text", "code"), LANGUAGES)
def test_the_language_is_told_and_one_not_read_is_a_problem(text: str, code: str) -> None:
    page = read(text)
    assert page.language == code
    assert ["language_not_read"] * (code != "en") == [problem.kind for problem in page.problems]
    assert page.sentences or code == "und" or page.title is not None


def test_marks_of_direction_and_nul_are_told() -> None:
    page = read(f"{STORY} \u202bDolna\u202c is \0 gone.")
    assert [problem.kind for problem in page.problems] == ["right_to_left_marks", "nul_characters"]
    assert sliced(page, tuple(problem.span for problem in page.problems if problem.span)) == ["\u202b", "\0"]


CONDITIONS = [
    (f"{STORY}\n\n{MORE}", []),
    (f"Shells hit Dolna\n\nBy Ana Reva\n\n{STORY} “We stay,” said Oleg Hrytsenko.\n\nBORDER TOWNS\n\n{MORE}", []),
    (f"{STORY} Read more {MORE}", ["leftovers"]),
    (f"{STORY} Read more\n\n{MORE}", []),  # at the end of a paragraph nothing is glued
    (f"{STORY} The army that came to the town", ["truncated"]),
    (f"{STORY} The army that came to the town\n\nReporting by Ana Reva", ["truncated"]),
    (f"{STORY}\n\nFor more information, please contact:\nAna Reva, Dolna, reva@example.org, +99 000 000 00", []),
    (f"{STORY}\n\nDIPLOMACY\n\n{MORE}", []),  # sound reports have headings that their sections do not use
    (f"{STORY} The road to Kyiv is open, and Kiev is calm.\n\nKITE\n\n{MORE}", ["reworded", "heading_damaged"]),
    (STORY.upper() + " " + MORE.upper(), ["all_capitals"]),
    (f"{STORY}\n\n“BRIGHT DAWN”\n\n{MORE}", ["heading_damaged"]),  # it quotes what nobody says
    (f"{STORY}\n\n“ARMY LOSSES\n\n{MORE}", ["heading_damaged"]),
    (f"{STORY} The envoy Oleg Marinsky spoke. Later Marinskiy left.", ["reworded"]),
    (f"{STORY} The envoys Oleg Marinsky and Ivo Marin spoke.", []),
    (f"{STORY} The road to Kyiv is open, and Kiev is calm.", ["reworded"]),
]


@pytest.mark.parametrize(("text", "kinds"), CONDITIONS)
def test_signs_of_damage_are_told_and_sound_copies_are_quiet(text: str, kinds: list[str]) -> None:
    page = read(text)
    assert [sign.kind for sign in page.condition] == kinds
    for sign in page.condition:
        assert sign.says.endswith(".")
        assert all(text[span.start : span.end].strip() for span in sign.spans)


LINES_CUT: list[tuple[str, list[str] | int]] = [
    ("Topics\nWar\nUpland\nShare", 4),
    ("Topics\nWar\nUpland", ["Topics", "War"]),  # the last may head what follows
    ("skip past newsletter promotion\nSign up to First Light\nIt is free. It is short.\nafter newsletter promotion", 4),
    ("skip past newsletter promotion\nThe bridge fell.", ["skip past newsletter promotion"]),  # no end is marked
    # A share bar with one name a line, however short the names.
    ("Share\nFacebook\nX\nThreads\nCopy link", ["Share", "Facebook", "X", "Threads", "Copy link"]),
    ("X\nShare this article", ["X", "Share this article"]),
    ("X\nThreads", []),  # next to nothing that is a leftover for sure
    ("list 1 of 2 Who holds the river\nlist 2 of 2 Bridge falls in Marn\nend of list", 3),
    ("Most read\n1. Ten walks along the Marn\n2. Who holds the river?", 3),
    ("Contacts: Ana Reva, +99 000 000 00\nIvo Bell\nDolna office\nbell@example.org", 4),
    (
        "For more information, please contact:\nIvo Bell spoke for the council.",
        ["For more information, please contact:"],
    ),
]


@pytest.mark.parametrize(("lines", "cut"), LINES_CUT)
def test_lines_that_are_leftovers_together(lines: str, cut: list[str] | int) -> None:
    page = read(f"Shells hit Dolna\n\n{STORY}\n\n{lines}\n\n{MORE}")
    expected = lines.split("\n") if isinstance(cut, int) else cut
    assert sliced(page, tuple(each.span for each in page.cuts)) == expected


def test_numbered_titles_behind_a_leftover_below_the_story_are_teasers() -> None:
    teasers = "1. Ten walks along the Marn\n2. Who holds the river"
    assert len(read(f"{STORY}\n\n{MORE}\n\nShare\n\n{teasers}").cuts) == 3
    assert len(read(f"{STORY}\n\n{MORE}\n\nShare\n\n2. Ten walks along the Marn\n\nCopy link").cuts) == 3
    assert read(f"{STORY}\n\n{MORE}\n\n{teasers}").cuts == ()  # a ranking, for all we know
    assert len(read(f"{STORY}\n\n{MORE}\n\n1. Bread\n\nAdvertisement\n\n2. Water").cuts) == 1
    assert len(read(f"{STORY}\n\nAdvertisement\n\n{teasers}\n\n{MORE}").cuts) == 1


CAPTIONS = [
    "Image caption: A man carried bread past a burned bus on Tuesday.",
    "Smoke rises over the river port of Marn [Ana Reva/Upland Images]",
    "A burned bus in Dolna. Photograph: Tom Hale/AFP",
]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_caption_stays_but_is_no_sentence(caption: str) -> None:
    page = read(f"Shells hit Dolna\n\n{caption}\n\n{STORY}")
    assert caption in sliced(page, page.paragraphs)
    assert not any(said in caption for said in sliced(page, page.sentences))
    assert headings(page) == [None]
    assert page.cuts == page.credits == ()


def test_places_behind_writers_are_no_writers() -> None:
    text = (
        "(Reporting by Ana Reva in New Dolna and Tom Hale in Port-de-Marn; Additional reporting by Mara Okoye in"
        " al-Marn and Ivo Bell; Editing by Li Ort)"
    )
    page = read(f"{STORY}\n\n{MORE}\n\n{text}")
    assert [named.name for named in page.writers] == ["Ana Reva", "Tom Hale"]
    assert [named.name for named in page.contributors] == ["Mara Okoye", "Ivo Bell"]
    assert [named.name for named in page.editors] == ["Li Ort"]


def test_a_repeated_paragraph_is_cut_once() -> None:
    text = f"{STORY}\n\n{MORE}\n\n{STORY}"
    page = read(text)
    assert [(cut.why, cut.span.start) for cut in page.cuts] == [("duplicate", len(text) - len(STORY))]
    assert len(page.paragraphs) == 2


def test_titles_listed_under_a_label_go_with_it() -> None:
    text = f"{STORY}\n\nRelated stories\n\nBridge falls in Marn\n\nWho holds the river\n\nBORDER TOWNS\n\n{MORE}"
    page = read(text)
    assert sliced(page, tuple(cut.span for cut in page.cuts)) == [
        "Related stories",
        "Bridge falls in Marn",
        "Who holds the river",
    ]
    assert headings(page) == [None, "BORDER TOWNS"]
