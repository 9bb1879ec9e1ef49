"""Minutes in, searchable store out. Knows nothing of questions; `index.store` is the door."""
