"""Complaints (민원, 의회신문고): from filing a case to its answer, by the clock of the law.

Owns complaints and what belongs to them. May import places, and everything below it.
"""
