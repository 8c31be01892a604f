"""A test client that looks at every page it gets."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.page_checks import page_faults

#: design.md, section 7: a public page asks the database at most this often.
MOST_QUERIES = 8
#: These answers bring no page.
REDIRECTS = frozenset((301, 302, 303, 304, 307, 308))


class PageClient(FlaskClient):
    """Fails a test whose request got a faulty page, lost a write, or asked too much."""

    def _warm_up(self) -> None:
        """Read what all pages share, which a process reads once for each content version."""
        if not self.application.extensions.get("test_is_warm"):
            self.application.extensions["test_is_warm"] = True
            super().open("/privacy")
            super().open("/en/privacy")

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request and check the answer."""
        watch = self.application.extensions["test_watch"]
        self._warm_up()
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
            assert len(asked) <= MOST_QUERIES, "\n".join([response.request.path, *asked])
        return response
