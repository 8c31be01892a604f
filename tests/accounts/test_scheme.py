"""Cookies and links follow the address that the settings tell."""

from pathlib import Path

import pytest
from flask import Flask

from portal.accounts.samples import PASSWORD
from portal.config import load_config
from portal.importers.commands import _make_samples
from tests.accounts.staff import post
from tests.support.prepared import copy_app

FOLLOWING = (
    *("HOST", "PORT", "SITE_URL", "HTTPS", "TRUSTED_HOSTS", "DEMO"),
    *("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE"),
)


@pytest.fixture
def make_site(filled_dirs: dict[str, Path], tmp_path: Path):
    """Give a function that makes a portal as an environment sets it."""

    def make(**environ: str) -> Flask:
        config = load_config(environ)
        settings = {key: config[key] for key in FOLLOWING}
        return copy_app(filled_dirs["hanbit"], tmp_path / "instance", **settings)

    return make


def test_over_https_the_cookie_is_secure_and_of_this_host_alone(make_site):
    app = make_site(PORTAL_SITE_URL="https://council.example")
    answer = app.test_client().get("/staff/sign-in", base_url="https://council.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-portal=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie
    assert "Domain" not in cookie


def test_from_another_device_in_the_house_one_signs_in_to_the_demo_by_plain_http(make_site):
    app = make_site(HOST="192.168.0.7", PORTAL_DEMO="yes")
    with app.app_context():
        _make_samples()
    client = app.test_client()
    client.environ_base.update(HTTP_HOST="192.168.0.7:8000", REMOTE_ADDR="192.168.0.23")
    cookie = client.get("/staff/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("portal=")
    assert "Secure" not in cookie
    code = (
        client.get("/demo").text.split("editor@<wbr>demo.example</span></td>")[1].split("</tr>")[0]
    )
    first = post(client, "/staff/sign-in", email="editor@demo.example", password=PASSWORD)
    assert first.status_code == 303
    digits = "".join(letter for letter in code if letter.isdigit())[-6:]
    assert post(client, "/staff/second-factor", code=digits).status_code == 303
    assert client.get("/staff/").status_code == 200


@pytest.mark.parametrize(
    ("environ", "start"),
    [
        ({"PORT": "8001"}, "http://127.0.0.1:8001/staff/invitations/"),
        ({"HOST": "0.0.0.0"}, "http://127.0.0.1:8000/staff/invitations/"),
        ({"HOST": "::1"}, "http://[::1]:8000/staff/invitations/"),
        ({"PORTAL_SITE_URL": "https://a.example/"}, "https://a.example/staff/invitations/"),
    ],
)
def test_the_first_administrators_link_leads_to_the_site(make_site, environ, start: str):
    result = (
        make_site(**environ)
        .test_cli_runner()
        .invoke(args=["staff", "create", "kim@council.example", "김하나"])
    )
    assert result.output.partition(": ")[2].startswith(start)
