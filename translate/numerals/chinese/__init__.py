"""Numbers of Chinese texts."""
