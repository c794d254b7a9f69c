"""Accounts of the fediverse, read live through the interface that Mastodon and its kin share."""
