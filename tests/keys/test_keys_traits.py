"""What docs/from-the-document.md says Sayso does with each trait, held on sentences of ours, read end to end.

The stages have tests of their own, with many more sentences. These say only that a whole reading shows the trait.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import sayso
from bench.sample import SAMPLE
from sayso.export.record_json import as_json

Json = dict[str, Any]
FRIDAY = "2024-03-15"


@cache
def read(text: str, published: str | None = FRIDAY) -> Json:
    return as_json(sayso.read_text(text, published=published))


def words(reading: Json, statement: Json) -> str:
    return " … ".join(reading["text"][start:end] for start, end in statement["words"])


def acts(reading: Json, act: str) -> list[Json]:
    return [one for one in reading["statements"] if one["act"] == act]


def speaker(reading: Json, statement: Json) -> Json:
    found: Json = next(source for source in reading["sources"] if source["id"] == statement["source"])
    return found


def events(reading: Json, kind: str) -> list[Json]:
    return [event for event in reading["events"] if event["kind"] == kind]


def places(reading: Json, name: str) -> list[Json]:
    return [place for place in reading["places"] if reading["text"][slice(*place["span"])] == name]


MIRROR = (
    "Soldiers of the Upland shelled the town of Young on Wednesday, said Alba Reyes, the town's mayor. "
    "Across the river, Pavel Orlo, the mayor of Colón, said soldiers of the Lowland shelled the town of Colón "
    "on Wednesday."
)
CAVEAT = (
    "The Lowland army said its guns destroyed two depots. The Upland ministry said 12 soldiers were killed. "
    "Rivermark could not verify the Upland ministry's report. There was no immediate comment from the prime minister. "
    "President Ana Reva has yet to comment on the losses."
)


def test_leftovers_glued_to_a_name_are_cut_and_the_name_is_read() -> None:
    reading = read(
        "The road was open, the mayor said. Sign up for our newsletterSign up "
        "Ana Reva, the mayor, said two shells hit the school."
    )
    assert [reading["text"][slice(*cut["span"])] for cut in reading["cuts"]]
    last = reading["statements"][-1]
    assert words(reading, last) == "two shells hit the school"
    assert speaker(reading, last)["name"] == "Ana Reva"


def test_credits_at_the_end_are_credits() -> None:
    reading = read(
        "Shells hit the town of Young on Monday.\n\n(Reporting by Nadia Crewe and Tom Alvering; Editing by Lucan Frey)"
    )
    assert [named["name"] for named in reading["report"]["writers"]] == ["Nadia Crewe", "Tom Alvering"]
    assert [named["name"] for named in reading["report"]["editors"]] == ["Lucan Frey"]


def test_headings_part_a_report_into_sections() -> None:
    reading = read("Shells hit Young on Monday.\n\nPRISONERS\n\nFour men were freed on Monday, the mayor said.")
    headings = [reading["text"][slice(*part["heading"])] for part in reading["sections"] if part["heading"]]
    assert headings == ["PRISONERS"]


def test_without_a_date_days_stay_open() -> None:
    """Never today: a day named in an undated report has no place in the calendar."""
    reading = read("Shells hit the town of Young on Tuesday, the mayor said.", None)
    assert reading["report"]["published"]["basis"] == "unknown"
    assert [moment["earliest"] for moment in reading["moments"]] == [None]


def test_a_quotation_and_the_paraphrase_on_its_cue_are_one_statement() -> None:
    reading = read('"The bridge is gone," with four trucks lost in the water, the ministry wrote on Facebook.')
    assert len(reading["statements"]) == 1
    assert reading["statements"][0]["quotation"] == "mixed"
    said = re.findall(r"\w+", words(reading, reading["statements"][0]))
    assert " ".join(said) == "The bridge is gone with four trucks lost in the water"


def test_words_after_a_colon_are_told_through_the_outlet() -> None:
    reading = read('Anton Osk, the police chief, told Al Jazeera: "Some were burned."')
    (statement,) = reading["statements"]
    assert speaker(reading, statement)["name"] == "Anton Osk"
    assert [via["name"] for via in statement["via"]] == ["Al Jazeera"]


def test_a_caveat_reaches_the_reports_it_names() -> None:
    reading = read(CAVEAT)
    (caveat,) = acts(reading, "cannot_verify")
    covered = {one["id"]: words(reading, one) for one in reading["statements"] if one["id"] in caveat["covers"]}
    assert list(covered.values()) == ["12 soldiers were killed"]


def test_silences_are_kept_apart() -> None:
    reading = read(CAVEAT + " The envoy, Jonas Weil, did not mention the depots in his speech.")
    assert [one["silence"] for one in acts(reading, "no_comment")] == ["none_yet", "yet_to", "not_mentioned"]


def test_a_denial_may_be_general() -> None:
    reading = read("Shells hit a school in Young on Monday, the mayor said. The Upland has denied attacking civilians.")
    (denial,) = acts(reading, "denies")
    assert denial["reach"] == "general"


def test_graves_are_not_bodies() -> None:
    reading = read("Police found 31 unmarked graves near Young, the police chief said.")
    counts = [count["of"] for event in reading["events"] for count in event["counts"]]
    assert "killed" not in counts
    assert [quantity["low"] for quantity in reading["quantities"]] == [31]


def test_two_spellings_of_one_name_are_one_person() -> None:
    reading = read(
        'President Ilya Varenskiy went to the front. "We will hold," Varensky said on Monday. '
        "Varenskiy said the town was safe."
    )
    assert len({one["source"] for one in reading["statements"]}) == 1


def test_a_region_is_not_the_city_of_its_name() -> None:
    reading = read("Shells fell in the Odesa region on Monday. On Tuesday they hit the city of Odesa.")
    levels = [(place["level"], place["region"]) for place in reading["places"] if "Odesa" in place["name"]]
    assert levels == [("region", "UA-51"), ("town", "UA-51")]


def test_two_spellings_of_one_city_are_one_place() -> None:
    reading = read("The train left Odesa on Monday. It came back to Odessa, in Ukraine, on Tuesday.")
    assert {place["geonames"] for place in reading["places"] if place["level"] == "town"} == {698740}


def test_a_country_that_is_a_measure_is_no_place_of_the_event() -> None:
    reading = read("The flood covered a plain as big as Malta, the mayor of Young said.")
    assert {place["use"] for place in places(reading, "Malta")} == {"comparison"}


def test_an_office_is_not_where_it_happened() -> None:
    reading = read("Shells killed two people, said Ana Reva, governor of the Rivne region.")
    assert {place["use"] for place in places(reading, "Rivne") + places(reading, "Rivne region")} == {"office"}


def test_both_sides_are_read_alike() -> None:
    reading = read(MIRROR)
    one, other = reading["statements"]
    assert (one["act"], one["quotation"]) == (other["act"], other["quotation"])
    (here, there) = events(reading, "shelling")
    assert (here["status"], there["status"]) == ("happened", "happened")
    assert [told["statement"] for told in here["told"]] == [one["id"]]
    assert [told["statement"] for told in there["told"]] == [other["id"]]


def test_an_account_goes_on_without_a_cue() -> None:
    reading = read(
        '"We have damage," Ana Reva, the mayor, wrote on Telegram. '
        "This included a water tower that was flattened and two barns that burned down."
    )
    (statement,) = [one for one in reading["statements"] if one["quotation"] == "direct"]
    tower = next(event for event in reading["events"] if "flattened" in reading["text"][slice(*event["trigger"])])
    assert [told["statement"] for told in tower["told"]] == [statement["id"]]


def test_a_size_in_two_units_is_checked() -> None:
    reading = read("The army said it took 1,200 square km (763 square miles) and 100 km (62 miles) of road.")
    conversions = [check["holds"] for check in reading["checks"] if check["kind"] == "conversion"]
    assert conversions == [False, True]


def test_footage_observes() -> None:
    reading = read("Rivermark video from the town of Young showed two burned shops.")
    (statement,) = acts(reading, "observes")
    assert words(reading, statement) == "two burned shops"


def test_one_without_a_name_stays_without() -> None:
    reading = read('"My brother was in the kitchen," one man said.')
    (statement,) = reading["statements"]
    source = speaker(reading, statement)
    assert (source["naming"], source["private"]) == ("described", True)


def test_a_pledge_is_not_a_sum() -> None:
    reading = read(
        "The Upland has given some $12 billion since May. On Monday it announced a new $500 million package."
    )
    roles = {reading["text"][slice(*quantity["span"])]: quantity["role"] for quantity in reading["quantities"]}
    assert list(roles.values()) == ["cumulative", "pledge"]


def test_more_than_is_an_open_bound() -> None:
    reading = read("More than 70 rockets hit the fields, the mayor said.")
    (quantity,) = reading["quantities"]
    assert (quantity["low"], quantity["high"], quantity["low_open"]) == (70, None, True)


def test_judgements_of_the_newsroom_are_listed() -> None:
    reading = read("The capture of the port turned the tide for the rebels.")
    assert [check["kind"] for check in reading["checks"]] == ["unattributed"]


def test_signs_of_rewording_take_the_trust_from_quotation_marks() -> None:
    """In such a copy no quotation is said to hold the speaker's own words."""
    reading = as_json(sayso.read(SAMPLE / "06-daily-globe-copy.txt"))
    assert reading["report"]["condition"]
    assert "verbatim" not in {one["wording"] for one in reading["statements"]}


def test_a_day_in_a_quotation_is_the_speakers_day() -> None:
    reading = read('"We will speak of it at today\'s meeting," Ana Reva told him.')
    (moment,) = reading["moments"]
    assert moment["relative_to"] == "utterance"


def test_weeks_later_hangs_on_what_was_told_before() -> None:
    reading = read("They signed a treaty on February 2. Three weeks later, the Upland invaded.")
    later = next(moment for moment in reading["moments"] if "later" in reading["text"][slice(*moment["span"])])
    assert later["relative_to"] not in {"publication", "utterance"}
    assert later["earliest"] is None or later["earliest"] <= "2024-02-23" < later["latest"]


def test_a_label_is_of_the_one_who_uses_it() -> None:
    reading = read('The Upland invaded in January in what it called a "river security operation".')
    (label,) = acts(reading, "labels")
    assert "river security operation" in words(reading, label)
    assert "Upland" in speaker(reading, label)["name"]


def test_two_accusers_are_one_compound_source() -> None:
    reading = read("France and its allies accuse Sweden of starting the war.")
    (statement,) = acts(reading, "accuses")
    assert speaker(reading, statement)["naming"] == "compound"


def test_thoughts_are_kept_apart() -> None:
    reading = read("Officials hope that the bridge will hold.")
    assert [one["act"] for one in reading["statements"]] == ["thinks"]


def test_alleged_crimes_of_long_ago_are_background() -> None:
    reading = read(
        "President Ana Reva likened the raid to the alleged war crimes of militiamen in the town of Young, "
        "in the early weeks of the war."
    )
    assert [one["act"] for one in reading["statements"]] == ["compares"]
    crimes = [event for event in reading["events"] if "crimes" in reading["text"][slice(*event["trigger"])]]
    assert [(event["status"], event["background"]) for event in crimes] == [("alleged", True)]


def test_a_town_named_with_others_has_the_place() -> None:
    reading = read("Troops shelled the town of Odesa and other towns of the region on Tuesday, the mayor said.")
    shelled = events(reading, "shelling")
    assert shelled
    named = {place["id"]: place["name"] for place in reading["places"]}
    assert "Odesa" in [named[at["place"]] for event in shelled for at in event["places"]]
