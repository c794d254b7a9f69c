"""Sites: blogs and other pages that are found by an address and read through what they offer – an API, or feeds."""
