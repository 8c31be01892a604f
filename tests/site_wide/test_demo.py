"""The demo shows the style guide; nothing else does."""

from pathlib import Path

import pytest

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
