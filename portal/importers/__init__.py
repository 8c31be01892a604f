"""Bring data from outside into the portal: read, check, save (가져오기).

Owns the reading of ``data/`` with its checks, the desk at which staff bring figures as a table,
and later one file for each outside source. May import every feature below; nothing imports it.
"""
