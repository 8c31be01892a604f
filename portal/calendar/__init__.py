"""What the council does when: sessions, sittings and events (회기, 회의, 행사).

Owns sessions (회기) with their days and order of business (의사일정), events of every kind with
their history, and the iCalendar feeds. May import council, moderation and core.
"""
