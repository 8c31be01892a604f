"""Reads for the forms of sign-ups: how one can take part, and how many places are left."""

import functools
from collections.abc import Sequence

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.errors import NotFound
from portal.hearings.models import Hearing
from portal.hearings.rules.kinds import Way
from portal.places.models import Pool
from portal.places.queries import Count, count_pools


def get_hearing(session: Session, slug: str) -> Hearing:
    """Return a public hearing, for its forms.

    :raise NotFound: there is none at this address
    """
    known = select(Hearing).where(Hearing.slug == slug, Hearing.is_published())
    hearing = session.scalar(known)
    if hearing is None:
        raise NotFound
    return hearing


def ways_of(session: Session, hearing: Hearing) -> tuple[Sequence[tuple[Way, LazyString]], int]:
    """Return how one can take part, in words with the places left, and the largest party.

    Places are counted when a page says the words, not for a form that is only taken in.
    """
    there = hearing.pool_ids
    counts = functools.cache(lambda: count_pools(session, there.values()))
    parties = [session.get_one(Pool, pool_id).most_party for pool_id in there.values()]

    def say(way: Way) -> str:
        return say_way(way, counts()[there[way]])

    return [(way, LazyString(say, way)) for way in there], max(parties, default=1)


def say_way(way: Way, count: Count) -> str:
    """Return a way to take part with its places in words."""
    name: str = _("In the room") if way is Way.ROOM else _("Online")
    places: str = _("no limit")
    if count.free == 0:
        places = _("no places left, you would wait in line")
    elif count.free is not None:
        places = ngettext("%(num)d place left", "%(num)d places left", count.free)
    return f"{name}: {places}"
