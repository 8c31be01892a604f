"""Pages that need several features, and what stands on every page (처음 화면, 둘레).

Owns the home page, navigation, footer, the strip with today's session, the pages about the site
and its data, robots.txt and security.txt. May import every feature but importers.
"""
