"""Hearings and discussions: from a committee's application to a seat, a ticket and an opinion.

Owns hearings of every kind (공청회, 토론회, 온라인 토론회, 소규모 세미나, 서울살림토론회),
applications for them (개최 신청), sign-ups (참가 신청) and opinions (의견). A hearing owns one
event of the calendar and two pools of places. May import places, legislation, programmes, budget,
calendar, council and below.
"""
