"""Read, validate and describe the rules. Knows nothing of matching."""
