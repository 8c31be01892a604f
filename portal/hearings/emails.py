"""The letters of hearings; each file of ``letters`` registers its kinds."""

from portal.hearings.letters import applications, notices, opinions, sign_ups

__all__ = ["applications", "notices", "opinions", "sign_ups"]
