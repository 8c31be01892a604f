"""The letters of hearings; each file of ``letters`` registers its kinds."""

from portal.hearings.letters import notices, opinions, sign_ups

__all__ = ["notices", "opinions", "sign_ups"]
