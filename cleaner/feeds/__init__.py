"""Feeds from the web and from files: fetched politely and carefully, checked as a file is.

    sources ─ fetch ─► bytes ─ kind ─► format, encoding ─ run.one_text ─► report ─ state ─► what is new

`fetch` is the only module of cleaner that opens a connection; it needs httpx, which the extra
`feeds` brings. docs/feeds.md says what is promised.
"""
