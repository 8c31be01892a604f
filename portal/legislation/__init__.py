"""Bills (의안) and ordinances (조례): what the council decides on, and what holds since.

Owns bills with their stages, and ordinances with their texts: chapters (장), articles (조),
paragraphs (항), items (호), subitems (목), addenda (부칙). May import core, notifications,
accounts, moderation, council, calendar and budget.
"""
