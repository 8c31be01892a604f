"""The buttons above a text in Markdown."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser


def open_box(visit: Visit, text: str) -> Locator:
    """Return the text box of the style guide with a text in it."""
    box = visit.open("styleguide", "en").locator("#text-body")
    box.fill(text)
    return box


def press(box: Locator, label: str) -> None:
    """Press a button by keyboard, as somebody without a mouse does."""
    box.page.get_by_role("group", name="Marks for the text").get_by_role(
        "button", name=label, exact=True
    ).press("Enter")


def select(box: Locator, first: int, last: int) -> None:
    """Select some letters."""
    box.evaluate(f"box => box.setSelectionRange({first}, {last})")


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Bold", "가 **나다** 라"),
        ("Link", "가 [나다](https://) 라"),
        ("Heading", "가 \n\n## 나다\n\n 라"),
        ("List", "가 \n\n- 나다\n\n 라"),
        ("Table", "가 \n\n| 나다 |  |\n| --- | --- |\n|  |  |\n\n 라"),
        ("Footnote", "가 나다[^1] 라\n\n[^1]: Text of the footnote"),
    ],
)
def test_a_button_marks_what_is_selected_and_can_be_undone(
    visit: Visit, label: str, text: str
) -> None:
    box = open_box(visit, "가 나다 라")
    select(box, 2, 4)
    press(box, label)
    expect(box).to_have_value(text)
    expect(box).to_be_focused()
    for _step in range(2 if label == "Footnote" else 1):
        box.press("Control+z")
    expect(box).to_have_value("가 나다 라")
    assert visit.complaints == []


def test_a_second_footnote_has_the_next_number(visit: Visit) -> None:
    box = open_box(visit, "가[^3]\n\n[^3]: 나")
    select(box, 1, 1)
    press(box, "Footnote")
    expect(box).to_have_value("가[^4][^3]\n\n[^3]: 나\n\n[^4]: Text of the footnote")
