"""What words mean: pure algebra over text, numbers, times, places and names. No hands, no models."""
