"""Bring data from outside into the portal: read, check, save (가져오기).

Owns the reading of ``data/`` with its checks, and later one file for each outside source. May
import every feature below; nothing imports it.
"""
