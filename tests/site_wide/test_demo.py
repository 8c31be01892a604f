"""The demo shows the style guide; nothing else does."""

import re
from pathlib import Path

import pytest

from portal.accounts.samples import PASSWORD
from portal.core.clock import real_now
from portal.extensions import db
from portal.importers.commands import _make_samples
from portal.notifications.delivery import deliver_due
from portal.notifications.services import queue_letter
from tests.accounts.staff import post
from tests.support.client import PageClient
from tests.support.prepared import copy_app


@pytest.mark.parametrize("address", ["/styleguide", "/en/styleguide"])
def test_the_style_guide_is_a_good_page_in_the_demo(
    filled_dirs: dict[str, Path], tmp_path: Path, address: str
) -> None:
    app = copy_app(filled_dirs["seoul"], tmp_path / "instance", DEMO=True)
    assert app.test_client().get(address).status_code == 200


def test_the_style_guide_is_not_in_the_portal(client: PageClient) -> None:
    assert client.get("/styleguide").status_code == 404


def test_one_signs_in_as_a_sample_with_what_the_demo_shows(
    filled_dirs: dict[str, Path], tmp_path: Path
) -> None:
    app = copy_app(filled_dirs["seoul"], tmp_path / "instance", DEMO=True)
    with app.app_context():
        _make_samples()
        _make_samples()
    client = app.test_client()
    page = client.get("/demo").text
    code = re.search(r"auditor@<wbr>demo.example</span></td>.*?>(\d{6})<", page, re.DOTALL)
    assert code and PASSWORD in page
    fields = {"email": "auditor@demo.example", "password": PASSWORD}
    assert post(client, "/staff/sign-in", **fields).status_code == 303
    assert post(client, "/staff/second-factor", code=code[1]).status_code == 303
    assert client.get("/staff/audit").status_code == 200


def test_samples_of_hearings_can_be_opened_and_signed_up_for(
    filled_dirs: dict[str, Path], tmp_path: Path
) -> None:
    app = copy_app(filled_dirs["seoul"], tmp_path / "instance", DEMO=True)
    with app.app_context():
        _make_samples()
    client = app.test_client()
    listed = set(re.findall(r"/hearings/([a-z-]+-2020-11-\d\d)\"", client.get("/hearings").text))
    pages = [client.get(f"/hearings/{slug}").text for slug in listed]
    assert sum("[보기]" in page for page in pages) == 5
    assert sum('/sign-up"' in page for page in pages) == 4


def test_the_demo_shows_the_letters_it_wrote(filled_dirs: dict[str, Path], tmp_path: Path) -> None:
    app = copy_app(filled_dirs["seoul"], tmp_path / "instance", DEMO=True)
    client = app.test_client()
    assert "No letter has been sent yet." in client.get("/en/demo").text
    with app.app_context():
        for name in ("first", "second"):
            queue_letter(
                db.session(),
                kind="test",
                to=f"{name}@example.kr",
                language="ko",
                context={},
                at=real_now(),
            )
        db.session.commit()
        deliver_due()
    page = client.get("/en/demo").text
    assert page.index("second@example.kr") < page.index("first@example.kr")
    assert "이 편지를 읽을 수 있다면" in page
    assert f'<a href="{app.config["SITE_URL"]}/">' in page


def test_the_style_guide_shows_each_letter_in_both_languages(
    filled_dirs: dict[str, Path], tmp_path: Path
) -> None:
    app = copy_app(filled_dirs["seoul"], tmp_path / "instance", DEMO=True)
    page = app.test_client().get("/en/styleguide").text
    letters = page.partition('id="letters"')[2]
    assert "A test of the council portal&#39;s mail" in letters
    assert "이 편지를 읽을 수 있다면" in letters


def test_samples_are_for_the_demo_only(client: PageClient) -> None:
    assert client.get("/demo").status_code == 404
