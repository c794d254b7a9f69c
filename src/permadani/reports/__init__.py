"""One result, many renderings: JSON for programs, the terminal, a page that can be passed on. Nothing is computed here."""
