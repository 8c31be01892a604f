"""What a view tells the page cache about the page it made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

#: Where a view leaves the facts in the WSGI environment.
PAGE = "portal.page"
#: Where the endpoint of the request is left, for the log.
ENDPOINT = "portal.endpoint"
#: Where the cache leaves its verdict: ``hit`` or ``miss``; absent when it had no say.
VERDICT = "portal.cache"
#: Set by a layer whose headers are complete.
READY = "portal.ready"
#: Where the id of the request is left; it is made here and never taken from outside.
REQUEST_ID = "portal.request_id"
#: Where the language of the request is left: ``ko`` or ``en``.
LANGUAGE = "portal.language"


@dataclass(frozen=True)
class PageFacts:
    """What a public page depends on.

    :ivar versions: version of each scope, read in the snapshot of the page's rows, before them
    :ivar fresh_until: aware real time at which the page must be made anew
    :ivar endpoint: the view's endpoint, for the log
    """

    versions: Mapping[str, int]
    fresh_until: datetime
    endpoint: str
