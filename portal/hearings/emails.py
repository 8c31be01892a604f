"""The letters of hearings; each file of ``letters`` registers its kinds."""

from portal.hearings.letters import opinions

__all__ = ["opinions"]
