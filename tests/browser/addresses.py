"""One address of each kind of page, for tests that look at all of them."""

#: The hearing for which one can sign up in the browser's portal.
OPEN_HEARING = "budget-forum-2020-11-19"
#: Pages of Seoul's portal.
SEOUL = {
    "home": "/",
    "about": "/about",
    "data": "/about/data",
    "accessibility": "/accessibility",
    "privacy": "/privacy",
    "feedback": "/feedback?page=/calendar",
    "information-requests": "/information-requests",
    "press": "/press",
    "composition": "/council",
    "composition-earlier": "/council?on=2020-07-15",
    "composition-unknown": "/council?on=1999-01-01",
    "members": "/council/members",
    "members-found": "/council/members?name=ㄱㅈㅌ",
    "members-none": "/council/members?name=zzzz",
    "member": "/council/members/yeo-myeong",
    "committees": "/council/committees",
    "committee": "/council/committees/steering",
    "organisation": "/council/organisation",
    "unit": "/council/organisation/citizens-rights",
    "month": "/calendar",
    "month-narrowed": "/calendar/2020/11?kind=plenary",
    "month-empty": "/calendar/2021/05",
    "day": "/calendar/2020/11/09",
    "year": "/calendar/2020",
    "sessions": "/calendar/sessions",
    "session": "/calendar/sessions/298",
    "session-past": "/calendar/sessions/297",
    "event": "/calendar/events/plenary-2020-12-22",
    "event-held": "/calendar/events/plenary-2020-04-29",
    "subscription": "/calendar/subscribe",
    "search": "/search?q=예산",
    "search-empty": "/search",
    "search-none": "/search?q=우주xyz",
    "search-mistyped": "/search?q=최울식",
    "budget": "/budget",
    "budget-projects": "/budget/2020?view=projects&order=rate",
    "budget-map": "/budget/2020?view=map",
    "budget-line": "/budget/2020/publicity",
    "budget-words": "/budget/words",
    "programmes": "/programmes",
    "programme": "/programmes/finance-analysis",
    "programmes-report": "/programmes/report",
    "legislation": "/legislation",
    "ordinances": "/legislation/ordinances",
    "ordinances-narrowed": "/legislation/ordinances?field=transport&year=2020",
    "ordinances-none": "/legislation/ordinances?field=housing&kind=repealed",
    "ordinance": "/legislation/ordinances/school-routes",
    "bills": "/legislation/bills",
    "bills-last": "/legislation/bills?page=5",
    "bill": "/legislation/bills/292-01",
    "bill-later": "/legislation/bills/298-01",
    "highlights": "/legislation/highlights",
    "highlight": "/legislation/highlights/night-clinics",
    "bill-support": "/legislation/support",
    "hearings": "/hearings",
    "hearing": f"/hearings/{OPEN_HEARING}",
    "sign-up": f"/hearings/{OPEN_HEARING}/sign-up",
    "sign-up-link": f"/hearings/{OPEN_HEARING}/link",
    "news": "/news",
    "news-none": "/news?kind=press_release",
    "publication": "/news/newsletter-200-203",
    "styleguide": "/styleguide",
    "error-400": "/council?on=banana",
    "error-404": "/nothing-here",
    "error-404-chain": "/static/nothing-here",
    "error-500": "/fails/500",
    "error-503": "/fails/503",
}
#: What only the fictional council has: names with quotes, moved and cancelled events, contacts.
HANBIT = {
    "hanbit-home": "/",
    "hanbit-month": "/calendar",
    "hanbit-moved": "/calendar/events/light-forum-2020",
    "hanbit-cancelled": "/calendar/events/river-walk-2020",
    "hanbit-bill": "/legislation/bills/42-1",
    "hanbit-highlight": "/legislation/highlights/shade",
    "hanbit-ordinance": "/legislation/ordinances/hall-opening",
    "hanbit-text": "/legislation/ordinances/hall-opening/texts/645",
    "hanbit-changes": "/legislation/ordinances/hall-opening/changes",
    "hanbit-hearing": "/hearings/light-forum-2020",
    "hanbit-news": "/news",
    "hanbit-publication": "/news/open-day",
    "hanbit-unit": "/council/organisation",
    "hanbit-press": "/press",
}
#: Pages that do not have the layout of the site, because they appear when it is in trouble.
PLAIN = frozenset(("error-404-chain", "error-500", "error-503"))


def localised(address: str, language: str) -> str:
    """Return an address in a language."""
    return f"/en{address}" if language == "en" else address


def expected_status(kind: str) -> int:
    """Return the status with which a kind of page is answered."""
    return int(kind.split("-")[1]) if kind.startswith("error-") else 200
