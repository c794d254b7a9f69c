"""One result, many renderings: JSON, terminal, a page that can be passed on. Nothing is computed here."""
