"""The class map, held against a slow reference that was written from docs/classes.md alone, and against worlds
counted by hand."""
