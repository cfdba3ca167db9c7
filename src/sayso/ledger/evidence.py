"""What a person needs to check a case without Sayso: the audit row by row, and the sums, for `sha256sum` alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from sayso.ledger import audit
from sayso.ledger.originals import path_of
from sayso.ledger.problems import CaseExists
from sayso.ledger.schema import originals

if TYPE_CHECKING:
    from sayso.ledger.case import Case

FOLDER = 1000
"""Rows of the audit that share a folder."""

README = """\
Check everything with

    sha256sum --check --quiet SHA256SUMS

Each file in audit/ is one row of the audit: who did what, when. SHA256SUMS has its hash as the case recorded it, and
each row holds the hash of the row before, so these two columns of hashes must be the same, one line apart:

    cut -c1-64 SHA256SUMS.audit
    cat audit/*/*.json | grep -o '"previous":"[0-9a-f]*"'

The other files of SHA256SUMS are the originals of the case, by the SHA-256 that the case knows them by.
The head of the audit, to be noted somewhere else, is

    {head}
"""


def evidence(case: Case, folder: Path) -> int:
    """Write the evidence into a folder that is not there or empty, and say how many hashes it has.

    The originals are not copied: SHA256SUMS leads to them, relative to the folder. Raises `CaseExists` where the
    folder holds anything.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CaseExists(f"{folder} is not an empty folder. Choose another for the evidence.")
    folder.mkdir(parents=True, exist_ok=True)
    head, sums = audit.FIRST, []
    with case.reading() as connection:
        for row in audit.rows(connection):
            path = Path("audit", f"{row.seq // FOLDER:06}", f"{row.seq:09}.json")
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(row.line.encode("utf-8", "surrogatepass"))
            sums.append(f"{row.hash}  {path.as_posix()}\n")
            head = row.hash
        kept = list(connection.execute(select(originals.c.sha256).order_by(originals.c.sha256)).scalars())
    (folder / "SHA256SUMS.audit").write_text("".join(sums), encoding="utf-8")
    sums += [f"{sha256}  {_from(folder, path_of(case, sha256))}\n" for sha256 in kept]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    (folder / "README.txt").write_text(README.format(head=head), encoding="utf-8")
    return len(sums)


def _from(folder: Path, path: Path) -> str:
    return Path(os.path.relpath(path, folder.absolute())).as_posix()
