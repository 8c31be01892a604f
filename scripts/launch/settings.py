"""Read what start.py itself must know from the environment.

Every setting is described in portal/settings.py; the defaults here are tested to be the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.launch.words import Refusal

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"
PORT = "8000"
INSTANCE = "instance"
DEMO_INSTANCE = "instance-demo"

# A demo fills its database with samples; a database that the environment names belongs to
# the real site and must not get them.
_NOT_FOR_DEMO = ("PORTAL_DATABASE_URL", "PORTAL_QUEUE_URL", "PORTAL_REDIS_URL")


@dataclass(frozen=True)
class Settings:
    """What one start works with.

    :ivar port: 0 lets the system choose a free one
    :ivar instance: absolute path of the folder for everything the portal writes
    :ivar environ: environment for the portal's own processes
    """

    host: str
    port: int
    instance: Path
    is_demo: bool
    environ: Mapping[str, str]

    @property
    def is_sqlite(self) -> bool:
        """Tell whether the database is the SQLite file of the instance."""
        return not self.environ.get("PORTAL_DATABASE_URL")


def read_settings(environ: Mapping[str, str], *, is_demo: bool) -> Settings:
    """Return the settings of a start.

    :param is_demo: use an instance of its own and ask for samples
    :raise Refusal: PORT is not a port number
    """
    host = environ.get("HOST") or HOST
    port = _read_port(environ.get("PORT") or PORT)
    instance = _instance_folder(environ.get("PORTAL_INSTANCE_DIR") or "", is_demo=is_demo)
    own = {"HOST": host, "PORT": str(port), "PORTAL_INSTANCE_DIR": str(instance)}
    kept = {k: v for k, v in environ.items() if not (is_demo and k in _NOT_FOR_DEMO)}
    demo = {"PORTAL_DEMO": "yes"} if is_demo else {}
    return Settings(host, port, instance, is_demo, {**kept, **own, **demo})


def _read_port(value: str) -> int:
    """Return the number of a port."""
    if value.isascii() and value.isdigit() and int(value) <= 65535:
        return int(value)
    raise Refusal(
        f"PORT must be a whole number up to 65535, not {value!r}. Try: PORT=8001 make run",
        "PORT에는 65535 이하의 숫자를 적어 주세요.",
    )


def _instance_folder(value: str, *, is_demo: bool) -> Path:
    """Return the folder of the instance; a relative one is meant from the project's top."""
    if not is_demo:
        return ROOT / Path(value or INSTANCE).expanduser()
    return ROOT / Path(value).expanduser() / "demo" if value else ROOT / DEMO_INSTANCE
