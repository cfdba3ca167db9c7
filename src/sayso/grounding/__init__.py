"""Stage 3, Page → Grounds: numbers, times, places and people, each with its doubt."""
