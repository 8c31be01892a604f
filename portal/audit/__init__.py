"""The audit trail (감사 기록): who did what, when and from where; lines are added, never changed.

Owns audit lines (감사 기록 줄) and the head of their chain (사슬의 끝). May import notifications
and core; features record through ``portal.core.audit`` and never import this one.

Each line holds the hash of the line before it. Database triggers refuse to change or delete lines.
The owner of the database can still drop the triggers, write what he likes and make them anew. The
chain then tells: a changed line has another hash than it says, and whoever computes all later
hashes anew ends at another head than the one that ``flask audit head`` printed earlier, which is
kept where that owner can't write (``flask audit verify --known NUMBER HASH``).
"""
