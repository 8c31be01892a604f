"""Reads of hearings, a file for each thing; the name says who may see it."""

from portal.hearings.queries.sign_ups import (
    find_live_sign_up,
    find_request,
    find_sign_up,
    hash_key,
    live_sign_ups_of,
)

__all__ = ["find_live_sign_up", "find_request", "find_sign_up", "hash_key", "live_sign_ups_of"]
