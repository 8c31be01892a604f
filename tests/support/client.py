"""A test client that looks at every page it gets."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.page_checks import page_faults

#: design.md, section 7: a public page asks the database at most this often.
MOST_QUERIES = 8
#: A staff page asks who works there, what a row was and will be, and for its files, too.
MOST_STAFF_QUERIES = 20
#: The preview makes a public page of which nothing is kept.
MOST_PREVIEW_QUERIES = 48
#: A table of figures is imported each time staff look at it, and undone.
MOST_TRIAL_QUERIES = 80
#: These answers bring no page.
REDIRECTS = frozenset((301, 302, 303, 304, 307, 308))


class PageClient(FlaskClient):
    """Fails a test whose request got a faulty page, lost a write, or asked too much."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request and check the answer."""
        watch = self.application.extensions["test_watch"]
        if watch.shelf.shared is None and super().open("/privacy").status_code == 200:
            watch.shelf.all_are_shared()
        watch.shelf.keep_shared_only()
        watch.start()
        response = super().open(*args, **kwargs)
        assert not watch.lost, watch.lost
        if (
            response.mimetype == "text/html"
            and response.data
            and response.status_code not in REDIRECTS
        ):
            faults = page_faults(response.get_data(as_text=True))
            assert not faults, "\n".join([f"{response.request.path}: {f}" for f in faults])
        if response.status_code == 200 and response.request.method == "GET":
            asked = watch.statements
            assert len(asked) <= _most(response.request.path), "\n".join(
                [response.request.path, *asked]
            )
        return response


def _most(path: str) -> int:
    """Return how often the page of an address may ask the database."""
    if "/page/" in path:
        return MOST_PREVIEW_QUERIES
    if "/staff/figures/" in path or "/figure_uploads/" in path:
        return MOST_TRIAL_QUERIES
    return MOST_STAFF_QUERIES if "/staff/" in path else MOST_QUERIES
