"""A real clamd with a hand-made database: the EICAR test file is found, others pass."""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from portal.core.errors import Invalid
from portal.core.files import services
from portal.core.files.models import StoredFile
from portal.core.files.sealed.rules import SealedState
from portal.core.files.sealed.services import keep as keep_sealed
from portal.core.files.sealed.tasks import scan_waiting_files
from portal.core.files.sealed.uploads import seal_upload
from portal.extensions import db
from tests.support import samples

CLAMD = shutil.which("clamd")
pytestmark = pytest.mark.skipif(
    CLAMD is None, reason="clamd is not here: apt install clamav-daemon"
)

AT = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
#: The test file of EICAR, in two parts so that no scanner takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
#: One signature of a file's bytes, wherever they stand (clamav, extended signatures).
DATABASE = f"Test.Eicar:0:*:{EICAR.hex()}\n"


@pytest.fixture(scope="module")
def scanner() -> Iterator[str]:
    """Give the address of a running clamd."""
    # A socket's path must be short; pytest's own folders are not.
    with tempfile.TemporaryDirectory(prefix="clamd") as name:
        folder = Path(name)
        (folder / "test.ndb").write_text(DATABASE)
        (folder / "clamd.conf").write_text(
            f"Foreground yes\nLocalSocket {folder}/ctl\nDatabaseDirectory {folder}\n"
            "OfficialDatabaseOnly no\n"
        )
        command = [str(CLAMD), f"--config-file={folder}/clamd.conf"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
        assert process.stdout
        for line in process.stdout:
            if "Self checking" in line or "LOCAL: Unix socket file" in line:
                break
        yield f"unix:{folder}/ctl"
        process.terminate()
        process.wait()


@pytest.fixture
def portal(fresh_app: Flask, scanner: str) -> Iterator[Flask]:
    fresh_app.config["CLAMAV"] = scanner
    with fresh_app.test_request_context():
        yield fresh_app
        db.session.rollback()


def keep(content: bytes) -> StoredFile:
    return services.keep_file(
        db.session(),
        stream=io.BytesIO(content),
        purpose="content",
        display_name="a.txt",
        actor="staff:1",
        at=AT,
    )


def test_the_test_file_of_eicar_is_not_taken(portal: Flask) -> None:
    with pytest.raises(Invalid, match="바이러스"):
        keep(EICAR)
    assert db.session.query(StoredFile).count() == 0


def test_a_clean_document_is_taken(portal: Flask) -> None:
    assert keep(samples.hwpx()).id


def test_nothing_is_taken_while_the_scanner_is_down(portal: Flask) -> None:
    portal.config["CLAMAV"] += ".gone"
    with pytest.raises(Invalid):
        keep(samples.hwpx())


@pytest.mark.parametrize(
    ("content", "state"), [(EICAR, SealedState.INFECTED), (b"clean", SealedState.CLEAN)]
)
def test_a_sealed_file_is_judged_by_what_is_in_it(
    portal: Flask, content: bytes, state: SealedState
) -> None:
    sealed = seal_upload(FileStorage(io.BytesIO(content), filename="a.txt"))
    row = keep_sealed(db.session(), "draft", sealed, at=AT)
    db.session.commit()
    scan_waiting_files()
    assert row.state is state
