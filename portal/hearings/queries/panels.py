"""Reads for the forms of sign-ups: how one can take part, and how many places are left."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
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


def ways_of(session: Session, hearing: Hearing) -> tuple[Sequence[tuple[Way, str]], int]:
    """Return how one can take part, in words with the places left, and the largest party."""
    there = hearing.pool_ids
    counts = count_pools(session, there.values())
    parties = [session.get_one(Pool, pool_id).most_party for pool_id in there.values()]
    words = [(way, say_way(way, counts[pool_id])) for way, pool_id in there.items()]
    return words, max(parties, default=1)


def say_way(way: Way, count: Count) -> str:
    """Return a way to take part with its places in words."""
    name: str = _("In the room") if way is Way.ROOM else _("Online")
    places: str = _("no limit")
    if count.free == 0:
        places = _("no places left, you would wait in line")
    elif count.free is not None:
        places = ngettext("%(num)d place left", "%(num)d places left", count.free)
    return f"{name}: {places}"
