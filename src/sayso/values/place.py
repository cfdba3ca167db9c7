"""Places: distance on the globe, and which of several spellings of one place stands for it."""

from __future__ import annotations

import unicodedata
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points, along the globe (haversine).

    >>> round(distance_km(50.45, 30.52, 49.99, 36.23))
    409
    """
    across = sin(radians(other_lat - lat) / 2) ** 2
    along = cos(radians(lat)) * cos(radians(other_lat)) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(across + along)))


def fullest(name: str) -> tuple[bool, int, str]:
    """The key by which the fullest of several spellings of one place comes first: with all its marks, not in capitals.

    Many wires strip marks from letters; none puts any there.

    >>> min(("COLON", "Colon", "Colón"), key=fullest)
    'Colón'
    """
    marks = sum(unicodedata.combining(char) > 0 for char in unicodedata.normalize("NFKD", name))
    return name.isupper(), -marks, name
