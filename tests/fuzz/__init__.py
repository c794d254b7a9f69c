"""Broken files for every source: the golden samples, damaged in all the ways that strangers' files are.

``test_fuzz.py`` tries some in every run of the tests; ``make fuzz`` tries many and prints what became of them.
"""
