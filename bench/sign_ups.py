"""What a sign-up costs against a bare Flask view that takes a place by the same statement.

``make bench ARGS=sign_ups``. Both run in this process on one database, in turn: the portal's takes
the whole last step of the form, checks it, counts it, writes the sign-up, its request and its
letter; the bare one raises the pool's turn, adds a claim and takes the place. CPU time of this
process is compared; a PostgreSQL server's own is not in it. SQLite, and PostgreSQL where it
answers.
"""

import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from flask import Flask, request
from flask.testing import FlaskClient

from portal.core.clock import business_now
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.places.rules import Terms
from portal.places.services import create_pool, take_places
from tests.hearings.opened import SLUG, open_hearing
from tests.support.prepared import fill, make_app, new_postgresql, postgresql_answers

#: design.md, section 7: so many times the bare view's cost.
MOST_TIMES = 4.0
ROUNDS, SIGN_UPS = 7, 40
PLACES = 1_000_000
FORM = f"/hearings/{SLUG}/sign-up"
_hidden = re.compile(r'name="(key|csrf_token)"[^>]*value="([^"]+)"')


def main() -> int:
    """Measure on each database; return 1 when a limit is not met."""
    print(f"CPU time of a sign-up, median of {ROUNDS} rounds of {SIGN_UPS}.\n")
    print(f"  {'database':12}{'bare ms':>9}{'portal ms':>11}{'times':>8}{'ms in all':>11}")
    are_met = [_measure(name, app) for name, app in _apps()]
    print("\nAll limits are met." if all(are_met) else "\nNot all limits are met.")
    return 0 if all(are_met) else 1


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        yield Path(name)


def _apps() -> Iterator[tuple[str, Flask]]:
    """Give the portal on each database that is here."""
    with _folder() as folder:
        yield "SQLite", fill(make_app(folder))
    if not postgresql_answers():
        print("  PostgreSQL: skipped, no server answers on 127.0.0.1:5432")
        return
    with _folder() as folder, new_postgresql("bench") as address:
        yield "PostgreSQL", fill(make_app(folder, SQLALCHEMY_DATABASE_URI=address))


def _measure(name: str, app: Flask) -> bool:
    """Print the line of a database; say whether its limit is met."""
    _add_bare_view(app)
    open_hearing(app, places=PLACES)
    client = FlaskClient(app, app.response_class)
    fields = dict(_hidden.findall(client.get(FORM).get_data(as_text=True)))
    number = iter(range(10_000_000))
    bare = lambda: _post(client, "/bare", {"size": "2"})  # noqa: E731 - named for the table
    whole = lambda: _post(client, FORM, _answers(fields, next(number)))  # noqa: E731
    pairs = [(_cost_of(bare), _cost_of(whole)) for _round in range(ROUNDS + 1)][1:]
    ratio = median(portal[0] / view[0] for view, portal in pairs)
    times = [median(pair[side][0] for pair in pairs) * 1000 for side in (0, 1)]
    wall = median(pair[1][1] for pair in pairs) * 1000
    word = f"limit {MOST_TIMES:g}: {'met' if ratio <= MOST_TIMES else 'NOT met'}"
    print(
        f"  {name:12}{times[0]:9.2f}{times[1]:11.2f}{ratio:8.2f}{wall:11.2f}   {word}", flush=True
    )
    return ratio <= MOST_TIMES


def _add_bare_view(app: Flask) -> None:
    """Add a view that only takes a place, by the portal's own locked statements."""
    with app.app_context():
        begin_write()
        pool = create_pool(db.session(), Terms(PLACES)).id
        db.session.commit()

    def take() -> str:
        begin_write()
        size = int(request.form["size"])
        take_places(db.session(), pool_id=pool, size=size, at=business_now())
        db.session.commit()
        return "taken"

    app.extensions["csrf"].exempt(take)
    app._got_first_request = False
    app.add_url_rule("/bare", "bare", take, methods=["POST"])


def _answers(fields: dict[str, str], number: int) -> dict[str, str]:
    return {
        "csrf_token": fields["csrf_token"],
        "key": f"{number:022}",
        "step": "check",
        "way": "room",
        "size": "2",
        "name": "김하나",
        "email": f"p{number}@example.org",
        "consent": "y",
    }


def _post(client: FlaskClient, address: str, fields: dict[str, str]) -> None:
    answer = client.post(address, data=fields, environ_base={"REMOTE_ADDR": _address(fields)})
    if answer.status_code not in (200, 303):
        raise SystemExit(f"{address}: {answer.status_code}")


def _address(fields: dict[str, str]) -> str:
    """Return a network address for each: the limits are not under measurement."""
    number = int(fields.get("key", "0"))
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def _cost_of(post: Callable[[], None]) -> tuple[float, float]:
    """Return CPU and real seconds of one request, of some in a row."""
    cpu, real = time.process_time(), time.perf_counter()
    for _each in range(SIGN_UPS):
        post()
    return (time.process_time() - cpu) / SIGN_UPS, (time.perf_counter() - real) / SIGN_UPS
