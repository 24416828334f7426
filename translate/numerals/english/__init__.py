"""Numbers of English texts."""
