"""The council: who sits in it and who works for it (의회 구성, 의원, 위원회, 의회사무처).

Owns terms (대), members (의원), parties (정당), areas (자치구) and districts (선거구), committees
(위원회) with dated memberships, the units of the secretariat (의회사무처) with their duties and
contacts, and days off (쉬는 날). May import moderation and core.
"""
