"""A reading built by hand, with a case of everything a page or an object must show. Its people are invented."""

from __future__ import annotations

from hashlib import sha256

from sayso.record import (
    Addressee,
    Basis,
    Channel,
    Check,
    Condition,
    Count,
    Cut,
    Dateline,
    Event,
    EventPlace,
    Grounds,
    Interval,
    Moment,
    Named,
    Obtained,
    Page,
    Party,
    Place,
    Problem,
    Published,
    Quantity,
    Quotation,
    Reading,
    Report,
    Restated,
    Section,
    Source,
    Span,
    Statement,
    Told,
)

TEXT = (
    "Shells hit Tacuarembó, mayor says\n"
    "TACUAREMBÓ, May 4 (Northwire) - Shells hit two apartment blocks in Tacuarembó late on Tuesday, killing at "
    "least three people, the town's mayor, Ana Reva, said on Telegram. Sign up to our newsletter “My brother was "
    "in the kitchen,” one resident told reporters. The Upland army denied firing on the town and blamed "
    "“saboteurs”. Northwire could not independently confirm either account.\n"
    "THE TALKS\n"
    "Radio Delta said, citing the Upland ministry, that the talks would “resume in days.” The Lowland president has "
    "yet to comment. Some 9,000 square km (3,475 square miles) had been lost, officials said. “Nobody asked us.”\n"
    "(Editing by Lucan Frey)\n"
)


def span(words: str, after: str = "") -> Span:
    """Where words stand in the text, the first time after other words."""
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return Span(start, start + len(words))


def _statements() -> tuple[Statement, ...]:
    return (
        Statement(
            "st1",
            "src1",
            "says",
            quotation="indirect",
            wording="reworded",
            words=(
                span("Shells hit two apartment blocks in Tacuarembó late on Tuesday, killing at least three people"),
            ),
            cue=span("said"),
            who=span("the town's mayor, Ana Reva"),
            via=(Channel("messaging", "Telegram", span("Telegram")),),
            found_by="rule:verb",
        ),
        Statement(
            "st2",
            "src2",
            "says",
            quotation="direct",
            wording="reworded",
            words=(span("My brother was in the kitchen"),),
            cue=span("told"),
            who=span("one resident"),
            to=(Addressee(span("reporters")),),
            found_by="rule:verb",
        ),
        Statement(
            "st3",
            "src3",
            "denies",
            quotation="indirect",
            words=(span("firing on the town"),),
            cue=span("denied"),
            who=span("The Upland army"),
            covers=("ev1",),
            reach="specific",
            found_by="rule:verb",
        ),
        Statement(
            "st4",
            "src3",
            "accuses",
            quotation="mixed",
            words=(span("saboteurs"),),
            cue=span("blamed"),
            who=span("The Upland army"),
            doubts=("two_speakers_fit",),
            found_by="rule:verb",
        ),
        Statement(
            "st5",
            "src4",
            "cannot_verify",
            quotation="none",
            words=(span("either account"),),
            cue=span("could not independently confirm"),
            who=span("Northwire", "saboteurs"),
            covers=("st1", "st3", "st4"),
            reach="specific",
            found_by="rule:caveat",
        ),
        Statement(
            "st6",
            "src5",
            "says",
            quotation="mixed",
            words=(span("the talks would “resume in days.”"),),
            cue=span("said", "THE TALKS"),
            who=span("Radio Delta"),
            found_by="rule:verb",
        ),
        Statement(
            "st7",
            "src6",
            "says",
            quotation="mixed",
            words=(span("the talks would “resume in days.”"),),
            cue=span("citing"),
            who=span("the Upland ministry"),
            within="st6",
            found_by="rule:relay",
        ),
        Statement(
            "st8",
            "src7",
            "no_comment",
            silence="yet_to",
            quotation="none",
            cue=span("has yet to comment"),
            who=span("The Lowland president"),
            covers=("sec2",),
            reach="general",
            found_by="rule:silence",
        ),
        Statement(
            "st9",
            "src8",
            "says",
            quotation="indirect",
            words=(span("Some 9,000 square km (3,475 square miles) had been lost"),),
            cue=span("said", "lost"),
            who=span("officials"),
            hedges=(span("Some"),),
            said_at="m2",
            said_where="p1",
            found_by="rule:verb",
        ),
    )


def _sources() -> tuple[Source, ...]:
    return (
        Source("src1", "Ana Reva", "named", role="the town's mayor", mentions=(span("Ana Reva"),), also=("Reva",)),
        Source("src2", "one resident", "described", private=True, mentions=(span("one resident"),)),
        Source("src3", "the Upland army", "institution", party="UPL", party_basis=Basis(span("Upland"), None)),
        Source("src4", "Northwire", "newsroom"),
        Source("src5", "Radio Delta", "institution"),
        Source("src6", "the Upland ministry", "institution", party="UPL", party_basis=Basis(None, "upland")),
        Source("src7", "The Lowland president", "described", members=("src1", "src2")),
        Source("src8", "officials", "group", plural=True),
    )


def _events() -> tuple[Event, ...]:
    return (
        Event(
            "ev1",
            "shelling",
            "ASSAULT",
            "Shelling/artillery/missile attack",
            span("hit", "Northwire"),
            also=(span("hit"),),
            told=(Told("st1", "happened"), Told("st3", "denied"), Told(None, "unclear")),
            status="disputed",
            agents=(Party(span("The Upland army"), "src3", "UPL", True, ("st3",)),),
            targets=(Party(span("two apartment blocks"), group="civilians", told=("st1",)),),
            weapons=(span("Shells", "Northwire"),),
            places=(EventPlace("p1", "at"),),
            when="m1",
            counts=(Count("q1", "killed", span("people"), ("st1",)),),
            doubts=("one_place_or_two",),
            found_by="rule",
        ),
        Event(
            "ev2",
            "talks",
            "CONSULT",
            None,
            span("talks"),
            told=(Told("st6", "planned"), Told("st7", "planned")),
            status="planned",
            background=True,
            places=(EventPlace("p3", "from"),),
            when="m3",
            found_by="rule",
        ),
    )


def _grounds() -> Grounds:
    places = (
        Place(
            "p0",
            span("TACUAREMBÓ"),
            "Tacuarembó",
            3440034,
            -31.73,
            -55.98,
            "town",
            "URY",
            "UY-TA",
            ("p2",),
            use="dateline",
        ),
        Place(
            "p1",
            span("Tacuarembó", "Northwire"),
            "Tacuarembó",
            3440034,
            -31.73,
            -55.98,
            "town",
            "URY",
            "UY-TA",
            same_as="p0",
            radius_km=8.0,
        ),
        Place("p2", span("Upland"), "Upland", level="region", country="URY", use="adjective", disputed=("UPL", "LOW")),
        Place("p3", span("the town"), "the town", level="town"),
    )
    moments = (
        Moment(
            "m1",
            span("late on Tuesday"),
            "DATE",
            "2022-05-03",
            "END",
            "2022-05-03",
            "2022-05-04",
            "day",
            relative_to="publication",
        ),
        Moment(
            "m2",
            span("May 4"),
            "DATE",
            "XXXX-05-04",
            alternatives=(Interval("2021-05-04", "2021-05-05"), Interval("2022-05-04", "2022-05-05")),
        ),
        Moment("m3", span("in days"), "DURATION", None),
    )
    quantities = (
        Quantity("q1", span("at least three"), 3.0, None),
        Quantity(
            "q2",
            span("9,000 square km"),
            9000.0,
            9000.0,
            approximate=True,
            unit="km2",
            restated=Restated(span("3,475 square miles"), 3475.0, "mi2"),
        ),
    )
    return Grounds(
        places,
        moments,
        quantities,
        dateline=Dateline(span("TACUAREMBÓ, May 4"), "p0", "m2"),
        published=Published("2022-05-04", "2022-05-05", "dateline", (span("May 4"),)),
    )


def worked() -> Reading:
    """The whole reading."""
    data = TEXT.encode()
    digest = sha256(data).hexdigest()
    report = Report("sha256:" + digest, data, TEXT, digest, "text/plain", Obtained("decoded", "utf-8"), path="in/a.txt")
    story = Span(0, TEXT.index("THE TALKS"))
    direct, mixed, scare, last = (
        Quotation(span("“My brother was in the kitchen,”"), (span("My brother was in the kitchen,"),), statement="st2"),
        Quotation(span("“resume in days.”"), (span("resume in days."),), statement="st6"),
        Quotation(span("“saboteurs”"), (span("saboteurs"),), statement="st4"),
        Quotation(span("“Nobody asked us.”"), (span("Nobody asked us."),), why_unread="no_speaker_found"),
    )
    page = Page(
        report=report,
        language="en",
        title=Named("Shells hit Tacuarembó, mayor says", span("Shells hit Tacuarembó, mayor says"), "text"),
        url=None,
        publisher=Named("Northwire", None, "given"),
        agencies=(Named("Northwire", span("Northwire"), "text"),),
        writers=(),
        editors=(Named("Lucan Frey", span("Lucan Frey"), "text"),),
        contributors=(),
        dateline=Dateline(span("TACUAREMBÓ, May 4")),
        published=Published(None, None, "unknown"),
        condition=(
            Condition("leftovers", (span("Sign up to our newsletter"),), "One web leftover stands in a sentence."),
        ),
        cuts=(Cut(span("Sign up to our newsletter"), "prompt"),),
        sections=(Section("sec1", None, story), Section("sec2", span("THE TALKS"), Span(story.end, len(TEXT)))),
        paragraphs=(story,),
        sentences=(span("Northwire could not independently confirm either account."),),
        quotations=(direct, scare, mixed, last),
        credits=(span("(Editing by Lucan Frey)"),),
    )
    return Reading(
        "0.1.0",
        page,
        _grounds(),
        _sources(),
        _statements(),
        _events(),
        (direct, scare, mixed, last),
        (
            Check(
                "conversion",
                True,
                (span("9,000 square km"), span("3,475 square miles")),
                "9,000 km² is 3,475 sq mi, as stated",
            ),
            Check("weekday", False, (span("Tuesday"),), "4 May 2021 was no Tuesday"),
            Check("unattributed", None, (span("had been lost"),), "nobody is named who says this"),
        ),
        (Problem("bad_bytes", "One stretch was no UTF-8; it is shown as U+FFFD.", span("Sign")),),
    )
