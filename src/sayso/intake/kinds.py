"""What kind of file these bytes are, by their first bytes and, failing that, by their words."""

from __future__ import annotations

import re

from sayso.problems import Refused

SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "pdf", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "image", "a PNG image"),
    (b"\xff\xd8\xff", "image", "a JPEG image"),
    (b"GIF87a", "image", "a GIF image"),
    (b"GIF89a", "image", "a GIF image"),
    (b"II*\0", "image", "a TIFF image"),
    (b"MM\0*", "image", "a TIFF image"),
    (b"\0\0\1\0", "image", "an icon"),
    (b"PK\3\4", "binary", "a ZIP archive or an office document"),
    (b"PK\5\6", "binary", "an empty ZIP archive"),
    (b"\x1f\x8b", "binary", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "binary", "a 7z archive"),
    (b"Rar!\x1a\7", "binary", "a RAR archive"),
    (b"\xfd7zXZ\0", "binary", "an xz archive"),
    (b"BZh", "binary", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "binary", "a Zstandard archive"),
    (b"\x7fELF", "binary", "a program"),
    (b"MZ\x90\0", "binary", "a program"),
    (b"\xca\xfe\xba\xbe", "binary", "a program"),
    (b"\0asm", "binary", "a program"),
    (b"SQLite format 3\0", "binary", "a database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "binary", "an old office document"),
    (b"{\\rtf", "binary", "a rich text document"),
    (b"OggS", "binary", "a sound or video file"),
    (b"ID3", "binary", "a sound file"),
    (b"fLaC", "binary", "a sound file"),
    (b"\x1aE\xdf\xa3", "binary", "a video file"),
)
ADVICE = {
    "pdf": "Save its text as a .txt or .html file first.",
    "image": "Sayso reads words, not pictures: give it the text.",
    "binary": "Give Sayso plain text or HTML.",
}
HTML_START = re.compile(
    r"\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--(?:[^-]|-(?!->)){0,4000}-->\s*){0,5}"
    r"<(?:!doctype\s+html|html|head|body|article|section|main|header|div|span|p|h[1-6]|meta|title|script|style|link|table"
    r"|ul|ol|a|b|br|img)\b",
    re.IGNORECASE,
)
SVG_START = re.compile(r"\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!doctype svg[^<>]{0,300}>\s*)?<svg\b", re.IGNORECASE)
HTML_TYPES = ("text/html", "application/xhtml+xml")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
TAG = re.compile(r"<(?:p|div|br|a|h[1-6]|body|html|article)\b[^<>]*>", re.IGNORECASE)


def refuse_known(data: bytes, media_type: str | None) -> None:
    """Raise `Refused` for bytes that begin as a PDF, an image, an archive or another file without text of its own."""
    for signature, kind, what in SIGNATURES:
        if data.startswith(signature):
            raise Refused(kind, f"This is {what}, not text. {ADVICE[kind]}")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise Refused("image", f"This is a WebP image, not text. {ADVICE['image']}")
    if data[:4] == b"RIFF" and data[8:12] in (b"WAVE", b"AVI "):
        raise Refused("binary", f"This is a sound or video file, not text. {ADVICE['binary']}")
    if data[4:8] == b"ftyp":
        kind = "image" if data[8:12] in (b"heic", b"heix", b"avif", b"mif1") else "binary"
        raise Refused(kind, f"This is a picture or video file, not text. {ADVICE[kind]}")
    if data[:2] == b"BM" and b"\0" in data[2:14] and len(data) >= 26:
        raise Refused("image", f"This is a BMP image, not text. {ADVICE['image']}")
    if media_type == "application/pdf":
        raise Refused("pdf", f"This is said to be a PDF. {ADVICE['pdf']}")
    if media_type and media_type.startswith("image/"):
        raise Refused("image", f"This is said to be an image ({media_type}). {ADVICE['image']}")
    if media_type and media_type.startswith(("audio/", "video/", "font/")):
        raise Refused("binary", f"This is said to be {media_type}. {ADVICE['binary']}")


def text_kind(text: str, media_type: str | None, path: str | None) -> str:
    """`text/html` or `text/plain`: as the caller says, else as the text begins."""
    if media_type in HTML_TYPES:
        return "text/html"
    if media_type and media_type.startswith("text/"):
        return "text/plain"
    head = text[:8192]
    if SVG_START.match(head):
        raise Refused("image", f"This is an SVG image, not text. {ADVICE['image']}")
    if HTML_START.match(head):
        return "text/html"
    if path and path.lower().endswith(HTML_SUFFIXES) and TAG.search(head):
        return "text/html"
    return "text/plain"
