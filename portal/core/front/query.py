"""The canonical query: one page has one address, so the cache keeps it once."""

import re
from urllib.parse import parse_qsl, urlencode

from portal.core.errors import BadAddress

LONGEST_VALUE = 200
MOST_PARAMETERS = 50

# ``url_for`` leaves these as they are; the same here means that our own links never redirect.
_LEFT_AS_THEY_ARE = "!$'()*,/:;?@"
_find_control = re.compile(r"[\x00-\x1f\x7f-\x9f]").search


def canonical_query(raw: str, params: tuple[str, ...]) -> str:
    """Return the one way to write a query.

    Only declared parameters stay, in their order, each once (the first with a value), none empty.

    :param raw: QUERY_STRING of the request
    :param params: the parameters the page declares, in order
    :raise BadAddress: a value is longer than 200 characters, holds control characters or is not
        UTF-8, or there are more than 50 parameters
    """
    if not raw:
        return ""
    given = _values(raw)
    kept = [(name, given[name]) for name in params if name in given]
    for _, value in kept:
        if len(value) > LONGEST_VALUE or _find_control(value):
            raise BadAddress
    return urlencode(kept, safe=_LEFT_AS_THEY_ARE)


def _values(raw: str) -> dict[str, str]:
    """Return the first value of each parameter that has one."""
    try:
        text = raw.encode("latin-1").decode()
        pairs = parse_qsl(text, errors="strict", max_num_fields=MOST_PARAMETERS)
    except ValueError as error:
        raise BadAddress from error
    # The first one wins, so it is put in last.
    return dict(reversed(pairs))
