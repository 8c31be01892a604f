"""The kinds of letters of hearings; importing this makes them known."""

from portal.hearings.letters import notices, sign_ups

__all__ = ["notices", "sign_ups"]
