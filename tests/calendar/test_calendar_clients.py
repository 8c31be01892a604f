"""A real calendar program reads the feeds."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.client import PageClient

CONFIG = """\
[calendars]
[[council]]
path = {folder}/council
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = Asia/Seoul
default_timezone = Asia/Seoul
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


@pytest.fixture
def khal(tmp_path: Path) -> list[str]:
    """Give the command of khal with an empty calendar; skip where khal is missing."""
    command = shutil.which("khal")
    if command is None:
        pytest.skip("khal is missing (apt-get install khal): no real calendar program reads feeds")
    (tmp_path / "council").mkdir()
    (tmp_path / "config").write_text(CONFIG.format(folder=tmp_path), encoding="utf-8")
    return [command, "-c", str(tmp_path / "config")]


def run(khal: list[str], *arguments: str) -> str:
    done = subprocess.run([*khal, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_khal_takes_the_whole_feed_and_shows_its_days(
    client: PageClient, khal: list[str], tmp_path: Path
):
    feed = tmp_path / "calendar.ics"
    feed.write_bytes(client.get("/calendar.ics").data)
    run(khal, "import", "--batch", "-a", "council", str(feed))
    listed = run(khal, "list", "--format", "{start} {title}", "2020-06-17", "1d")
    assert "2020-06-17 10:00 제295회 교통위원회 제2차 회의" in listed
    assert "제295회 정례회" in listed
    today = run(khal, "list", "--format", "{start} {title}", "2020-11-09", "1d")
    assert "제298회 행정사무감사" in today and "제298회 정례회" in today


def test_khal_takes_a_single_event_in_english(client: PageClient, khal: list[str], tmp_path: Path):
    feed = tmp_path / "event.ics"
    feed.write_bytes(client.get("/en/calendar/events/questions-2020-11.ics").data)
    run(khal, "import", "--batch", "-a", "council", str(feed))
    listed = run(khal, "list", "--format", "{title} {description}", "2020-11-19", "1d")
    assert "Session 298: questions to the administration" in listed
    assert "not the official calendar" in listed
    assert "Session 298" not in run(khal, "list", "2020-11-20", "1d")
