"""300 sign-ups at once for 50 places, over HTTP, while a process of the web server is killed.

Parties are of one to four. Whoever gets no answer sends the same form again, as people do. In the
end nobody has a place that is not there, nothing that was acknowledged is lost, each was taken in
once, the line is in the order of acceptance, and every letter stands in the outbox. Runs on
SQLite, and on PostgreSQL where one answers on this machine.
"""

import http.client
import json
import os
import re
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from drills._portal import PYTHON, ROOT, Failed, Portal, folder, is_alive, report, running
from tests.support.prepared import new_postgresql, postgresql_answers

PEOPLE = 300
PLACES = 50
TRIES = 20
SLUG = "open-hearing"

OPEN = f"""
from tests.hearings.opened import open_hearing
from wsgi import app
print(open_hearing(app, places={PLACES}))
"""
READ = """
import json
from sqlalchemy import select
from portal.extensions import db
from portal.hearings.models import SignUp, SignUpRequest
from portal.notifications.models import Letter
from portal.places.models import Claim
from wsgi import app
with app.app_context():
    claims = db.session.scalars(select(Claim).order_by(Claim.number)).all()
    letters = db.session.scalars(select(Letter)).all()
    print(json.dumps({
        "claims": [[c.size, c.state.value, c.number, c.accepted_at.isoformat()] for c in claims],
        "sign_ups": len(db.session.scalars(select(SignUp.id)).all()),
        "requests": [r.number for r in db.session.scalars(select(SignUpRequest))],
        "letters": [[row.kind, row.recipient, row.context["path"]] for row in letters],
    }))
"""


@dataclass
class Person:
    """Somebody with a form before them.

    :ivar number: of the receipt; empty: none came
    """

    email: str
    size: int
    form: dict[str, str] = field(default_factory=dict)
    cookie: str = ""
    number: str = ""
    status: int = 0
    seconds: float = 0.0
    sent: int = 0


def drill() -> str:
    """Run the storm on each database, calm and with a kill."""
    told = []
    for name, is_killed in (("calm", False), ("kill -9", True)):
        with folder() as path:
            told.append(f"SQLite, {name}: {_storm(path / 'instance', {}, is_killed)}")
        if postgresql_answers():
            with folder() as path, new_postgresql("drill") as address:
                environ = {"PORTAL_DATABASE_URL": address}
                found = _storm(path / "instance", environ, is_killed)
                told.append(f"PostgreSQL, {name}: {found}")
    if not postgresql_answers():
        told.append("SKIPPED: no PostgreSQL answers on 127.0.0.1:5432")
    return "\n    ".join(["", *told])


def _storm(instance: Path, environ: dict[str, str], is_killed: bool) -> str:
    """Let all sign up at once and judge what became of it."""
    with running(instance, **environ) as portal:
        _script(OPEN, instance, environ)
        people = [Person(f"p{n}@example.org", 1 + n % 4) for n in range(PEOPLE)]
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda person: _open_form(portal, person), people))
        began = time.monotonic()
        _all_at_once(portal, people, is_killed)
        seconds = time.monotonic() - began
        kept = _keep_all(portal, _read(instance, environ))
        return _judge(people, _read(instance, environ), seconds, kept)


def _all_at_once(portal: Portal, people: Sequence[Person], is_killed: bool) -> None:
    """Let everybody press the button in the same moment; perhaps kill a process meanwhile."""
    barrier = threading.Barrier(len(people) + 1)
    threads = [
        threading.Thread(target=lambda p=person: _send(portal, p, barrier)) for person in people
    ]
    for thread in threads:
        thread.start()
    barrier.wait()
    if is_killed:
        time.sleep(0.4)
        victim = next(iter(portal.children(portal.web_pid())))
        os.kill(victim, signal.SIGKILL)
        while is_alive(victim):
            time.sleep(0.01)
    for thread in threads:
        thread.join()


def _open_form(portal: Portal, person: Person) -> None:
    """Open the form as a browser does, and fill it in."""
    status, headers, page = _ask(portal, "GET", f"/hearings/{SLUG}/sign-up", person)
    if status != 200:
        raise Failed(f"the form was not given: {status}")
    person.cookie = headers.get("Set-Cookie", "").partition(";")[0]
    form = page.split('method="post"', 1)[1].split("</form>")[0]
    hidden = re.findall(r'<input[^>]*type="hidden"[^>]*>', form)
    for tag in hidden:
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            person.form[name[1]] = value[1] if value else ""
    person.form |= {"step": "check", "way": "room", "size": str(person.size)}
    person.form |= {"name": "김하나", "email": person.email, "consent": "y", "go": "next"}


def _send(portal: Portal, person: Person, barrier: threading.Barrier) -> None:
    """Send the form until an answer comes, the same form each time."""
    barrier.wait()
    began = time.monotonic()
    for _try in range(TRIES):
        person.sent += 1
        status, headers, _page = _ask(
            portal, "POST", f"/hearings/{SLUG}/sign-up", person, urlencode(person.form)
        )
        person.status = status
        if status == 303:
            person.seconds = time.monotonic() - began
            person.number = _read_receipt(portal, person, urlsplit(headers["Location"]).path)
            return
        time.sleep(0.2)


def _read_receipt(portal: Portal, person: Person, path: str) -> str:
    """Return the number of a receipt, loading it again while no answer comes; empty: none came."""
    for _try in range(TRIES):
        status, _headers, receipt = _ask(portal, "GET", path, person)
        if status == 200:
            # As a word of the page: the key in its addresses may look like a number.
            found = re.search(r">([2-9A-Z]{4}-[2-9A-Z]{4})<", receipt)
            return found[1] if found else ""
        time.sleep(0.2)
    return ""


def _keep_all(portal: Portal, seen: dict[str, Any]) -> int:
    """Press the button of every letter's link; return how many were told that they have places."""
    links = [path for kind, _to, path in seen["letters"] if kind == "sign_up_held"]

    def keep(path: str) -> int:
        person = Person("", 0)
        _status, headers, page = _ask(portal, "GET", path, person)
        person.cookie = headers.get("Set-Cookie", "").partition(";")[0]
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        body = urlencode({"csrf_token": token[1] if token else ""})
        status, _headers, _page = _ask(portal, "POST", f"{path}/keep", person, body)
        return status

    with ThreadPoolExecutor(16) as pool:
        return Counter(pool.map(keep, links))[303]


def _judge(people: Sequence[Person], seen: dict[str, Any], seconds: float, kept: int) -> str:
    """Say what was seen.

    :raise Failed: a promise did not hold
    """
    taking = [size for size, state, *_rest in seen["claims"] if state in ("held", "confirmed")]
    confirmed = [size for size, state, *_rest in seen["claims"] if state == "confirmed"]
    waiting = [row for row in seen["claims"] if row[1] == "waiting"]
    answered = [person for person in people if person.status == 303]
    times = sorted(person.seconds for person in answered)
    numbers = {person.number for person in answered}
    accepted = [row[3] for row in seen["claims"]]
    faults = {
        "more people than places": sum(taking) > PLACES,
        "somebody got no answer": len(answered) != len(people),
        "an acknowledged sign-up is lost": not numbers <= set(seen["requests"]),
        "a receipt without number": "" in numbers,
        "one was taken in twice": seen["sign_ups"] != len(people),
        "the line is not in the order of acceptance": accepted != sorted(accepted),
        "a letter is missing": len({to for _k, to, _p in seen["letters"]}) != len(people),
        "a place was left though somebody fits": PLACES - sum(taking)
        >= min((row[0] for row in waiting), default=5),
    }
    wrong = [fault for fault, is_so in faults.items() if is_so]
    if wrong:
        lost = sorted(numbers - set(seen["requests"]))
        told = f"{Counter(p.status for p in people)}, {sum(taking)} people, lost {lost}"
        raise Failed(f"{', '.join(wrong)}: {told}")
    again = sum(person.sent - 1 for person in people)
    return (
        f"{len(answered)} of {len(people)} answered in {seconds:.1f} s "
        f"(median {times[len(times) // 2]:.2f} s, slowest {times[-1]:.2f} s), sent again {again}; "
        f"{sum(confirmed)} of {PLACES} places confirmed by {kept} parties, {len(waiting)} wait"
    )


def _ask(
    portal: Portal, method: str, path: str, person: Person, body: str = ""
) -> tuple[int, dict[str, str], str]:
    """Send a request; status 0 when no answer came."""
    connection = http.client.HTTPConnection(urlsplit(portal.address).netloc, timeout=60)
    headers = {"Cookie": person.cookie} if person.cookie else {}
    if body:
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        headers |= {"Origin": portal.address, "Referer": portal.address + path}
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, {}, ""
    finally:
        connection.close()


def _read(instance: Path, environ: dict[str, str]) -> dict[str, Any]:
    seen: dict[str, Any] = json.loads(_script(READ, instance, environ))
    return seen


def _script(lines: str, instance: Path, environ: dict[str, str]) -> str:
    """Run some lines within the instance and return what they printed last."""
    done = subprocess.run(
        [PYTHON, "-c", lines],
        cwd=ROOT,
        env={**os.environ, "PORTAL_INSTANCE_DIR": str(instance), **environ},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Failed(done.stderr)
    return done.stdout.strip().splitlines()[-1]


if __name__ == "__main__":
    raise SystemExit(report(drill))
