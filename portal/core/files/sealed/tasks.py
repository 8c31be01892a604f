"""What the worker does with sealed files."""

from flask_babel import lazy_gettext as _l

from portal.core.age import Unreadable
from portal.core.clock import real_now
from portal.core.files.scanner import Verdict, has_scanner, judge
from portal.core.files.sealed import checking, queries, services
from portal.core.files.sealed.rules import SealedState
from portal.core.files.sealed.store import sealed_store
from portal.core.jobs import enqueue_on_commit, every, task
from portal.core.transactions import begin_write, in_parts
from portal.extensions import db

_STATES = {Verdict.CLEAN: SealedState.CLEAN, Verdict.INFECTED: SealedState.INFECTED}


@task
def scan_new_files() -> None:
    """Have files scanned as soon as they are kept."""
    _scan_waiting()


@every(_l("Has files that citizens sent scanned for viruses."), minute="*")
def scan_waiting_files() -> None:
    """Have every waiting file scanned, also those that came while the scanner was down."""
    _scan_waiting()


@every(_l("Erases files of forms that were not sent within two hours."), minute="*")
def erase_expired_files() -> None:
    """Erase the files of drafts whose time is up."""
    now = real_now()
    in_parts(lambda: services.erase_expired(db.session(), at=now), queries.MOST_AT_ONCE)


@every(_l("Compares the files that citizens sent with their list."), minute="20", hour="18")
def check_sealed_files() -> None:
    """Compare table and store, mend what differs and hide the files' times, at night in Korea."""
    begin_write()
    session = db.session()
    checking.repair_store(session, checking.check_store(session, at=real_now()))
    db.session.commit()
    checking.hide_times(db.session())
    db.session.rollback()


def _scan_waiting() -> None:
    """Scan what waits; at the first file without a verdict the scanner is down, so it ends."""
    last = 0
    while has_scanner() and (waiting := _waiting_after(last)):
        for file_id, key in waiting:
            last = file_id
            if not _scan(file_id, key):
                return


def _waiting_after(file_id: int) -> list[tuple[int, str]]:
    """Return waiting files; no transaction stays open while the scanner works."""
    found = queries.waiting_files(db.session(), after=file_id)
    db.session.rollback()
    return found


def _scan(file_id: int, key: str) -> bool:
    """Scan one file and note the verdict; say whether the scanner is there for another."""
    try:
        verdict = judge(sealed_store().read(key))
    except (FileNotFoundError, Unreadable):
        # It was erased meanwhile, or the checks tell of it.
        return True
    if verdict is Verdict.NONE:
        return False
    begin_write()
    services.note_verdict(db.session(), file_id, _STATES[verdict])
    db.session.commit()
    return True


enqueue_on_commit(services.NEW_FILES, scan_new_files)
