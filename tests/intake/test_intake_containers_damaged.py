"""However a container is damaged, something is told of it, and nothing is raised."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.intake.composing import DAY, Answer, chunked, opened_from, packed, page, pages, wacz, warc
from tests.intake.test_intake_containers_feed import ATOM, RSS
from tests.intake.test_intake_containers_mail import MIXED
from tests.intake.test_intake_containers_ninjs import ONE, THREE, TWO

PACKED_PAGE = Answer(
    "http://a.example/2",
    chunked(packed(page("Kamin"))),
    headers=(("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")),
)
ARCHIVE = warc([Answer("http://a.example/1", page("Dolna")), PACKED_PAGE])
WHOLE = {
    "a.warc.gz": ARCHIVE,
    "a.warc": warc([Answer("http://a.example/1", page("Dolna"))], packed=False),
    "a.wacz": wacz(
        {"archive/a.warc.gz": ARCHIVE, "pages/pages.jsonl": pages({"url": "http://a.example/1", "ts": DAY})}
    ),
    "a.eml": MIXED.encode(),
    "a.rss": RSS.encode(),
    "a.atom": ATOM.encode(),
    "a.jsonl": f"{json.dumps(ONE)}\n{json.dumps({'text': 'Shells hit Dolna.', 'date': 1})}".encode(),
    "a.json": json.dumps([TWO, THREE]).encode(),
}
PUT_IN = [b"\0", b"\n", b"\r\n\r\n", b"--", b'"', b"{", b"[", b"<", b"&", b"]]>", b"\x1f\x8b\x08", b"WARC/1.0\r\n",
          b"Content-Length: 5\r\n", b"=?utf-8?b?", b"\xff\xfe", b"\x0b"]  # fmt: skip


def _damaged(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 30])):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(5):
            case 0:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del found[at : at + chance.randrange(1, 40)]
            case 2:
                found[at:at] = chance.choice(PUT_IN) * chance.choice([1, 1, 3, 500])
            case 3:
                again = chance.randrange(len(found) + 1)
                found[at:at] = found[again : again + chance.randrange(200)]
            case _:
                del found[max(at, 1) :]
    return bytes(found) or b"\n"


@pytest.mark.parametrize("name", WHOLE)
def test_damaged_containers_are_told_of(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)
    for _ in range(60):
        data = _damaged(WHOLE[name], chance)
        found = opened_from(tmp_path, name, data)
        assert found.parts or found.problems, data
