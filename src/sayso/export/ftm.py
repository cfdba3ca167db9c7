"""A case in the Follow the Money model, for OpenAleph and its kin: one entity a line.

Reports are Articles, speakers Persons, Organizations or LegalEntities, incidents Events whose summary is the attributed
headline and whose proof are the reports; what an origin tells is a Note of the event. A group, a document or somebody
unnamed is no entity: they stand in the notes.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sayso.export.exporting import File, Whole, day_of, whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sayso.ledger.asking.answers import IncidentPage, ReportPage
    from sayso.record import Origin

Json = dict[str, Any]
NAMED = ("named", "institution")


def write(whole: Whole, folder: Path) -> list[File]:
    """All entities of a case, each once."""
    path, count = folder / "entities.ftm.json", 0
    with whole_file(path) as made, made.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        for entity in entities(whole):
            file.write(json.dumps(entity, ensure_ascii=False, allow_nan=False) + "\n")
            count += 1
    return [File(path, count)]


def entities(whole: Whole) -> Iterator[Json]:
    """All entities of a case as they are written, each once."""
    seen: set[str] = set()
    for entity in _entities(whole):
        if entity["id"] not in seen:
            seen.add(entity["id"])
            yield whole.told(entity)


def _entities(whole: Whole) -> Iterator[Json]:
    for report in whole.reports():
        yield _article(report)
    for page in whole.incidents():
        for origin in page.incident.origins:
            if origin.naming in NAMED:
                yield _speaker(origin)
        yield _event(page)
        for origin in page.incident.origins:
            yield _note(page, origin)


def _entity(key: str, schema: str, **properties: list[str | None]) -> Json:
    held = {name: [value for value in values if value] for name, values in properties.items()}
    return {"id": key, "schema": schema, "properties": {name: values for name, values in held.items() if values}}


def _key(*parts: str) -> str:
    return "sayso-" + hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _article(page: ReportPage) -> Json:
    row, text = page.row, page.reading.page.report.text
    return _entity(
        row.id.replace(":", "-"),
        "Article",
        title=[row.title],
        fileName=[row.id if not row.title else None],
        publisher=[row.publisher],
        sourceUrl=[row.url],
        language=[row.language if row.language != "und" else None],
        publishedAt=[day_of(row.published)],
        author=[named.name for named in page.reading.page.writers],
        bodyText=[text],
        mimeType=[page.reading.page.report.media_type],
        retrievedAt=[row.added_at],
    )


def _speaker(origin: Origin) -> Json:
    schema = "Organization" if origin.naming == "institution" else "Person" if origin.role else "LegalEntity"
    return _entity(
        _key("speaker", origin.name, origin.party or ""),
        schema,
        name=[origin.name],
        notes=[f"party: {origin.party}" if origin.party else None],
        description=[origin.role],
    )


def _event(page: IncidentPage) -> Json:
    one = page.incident
    headline = "".join(part.words for part in one.headline)
    return _entity(
        one.id,
        "Event",
        name=[f"{one.kind.replace('_', ' ')} as told: {headline}"[:300]],
        summary=[headline],
        description=[one.counter.says, "Told by no one to have happened." if one.did_not_happen else None],
        startDate=[_day(one.when.earliest) if one.when else None],
        location=[one.where.name if one.where else None],
        proof=[row.id.replace(":", "-") for row in page.reports],
        involved=[_key("speaker", origin.name, origin.party or "") for origin in one.origins if origin.naming in NAMED],
        recordId=[one.id],
    )


def _note(page: IncidentPage, origin: Origin) -> Json:
    stance = next((account.status for account in page.incident.accounts if account.origin == origin.id), "unclear")
    words = " … ".join(dict.fromkeys(one.anchor.words for one in origin.utterances if not one.copied))
    return _entity(
        _key("note", page.incident.id, origin.id),
        "Note",
        description=[
            f"{origin.name} ({origin.position}{', ' + origin.party if origin.party else ''}), told as {stance}: {words}"
        ],
        entity=[page.incident.id],
    )


def _day(stamp: str | None) -> str | None:
    return stamp[:10] if stamp else None
