"""A sample of the demo: a highlight told in pictures, with the same in words.

The pictures are drawn here and say that they are a sample; nothing of it is a fact.
"""

import io

from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.files.services import keep_file
from portal.importers.samples import MARK, MARK_EN, Office
from portal.legislation.models import Collection, Highlight, Ordinance
from portal.legislation.staff.highlights import DESK
from portal.moderation.checking import PURPOSE

_WIDTH, _HEIGHT, _PANELS = 720, 480, 3
_INK, _PAPER, _SHADE, _LEAVES = "#1e2124", "#ffffff", "#c9d6ee", "#12652f"
_SCRIPT = (
    "**첫째 칸.** 한여름 길에 해가 내리쬡니다. 사람이 땀을 닦습니다.\n\n"
    "**둘째 칸.** 길가에 나무 한 그루를 심습니다.\n\n"
    "**셋째 칸.** 나무가 자라 그늘이 생겼습니다. 사람이 그늘에서 쉽니다."
)
_SCRIPT_EN = (
    "**First panel.** The sun burns on a summer street. Somebody wipes their brow.\n\n"
    "**Second panel.** A tree is planted by the street.\n\n"
    "**Third panel.** The tree has grown and gives shade. Somebody rests in it."
)


def make_sample_webtoon(session: Session, office: Office) -> None:
    """Publish the sample, unless it is there or the data have no ordinance to tell of."""
    known = select(Highlight.id).where(Highlight.effect.startswith(MARK, autoescape=True))
    ordinance = session.scalar(select(Ordinance.id).order_by(Ordinance.id).limit(1))
    collection = session.scalar(select(Collection.id).order_by(Collection.position).limit(1))
    if session.scalar(known.limit(1)) or ordinance is None or collection is None:
        return
    picture = keep_file(
        session,
        stream=io.BytesIO(draw_panels()),
        purpose=PURPOSE,
        display_name="sample-webtoon.png",
        actor=office.editor.key,
        at=office.at,
        alt="세 칸짜리 그림: 해가 내리쬐는 길, 나무를 심는 모습, 그늘에서 쉬는 사람",
        alt_en="Three panels: a street in the sun, a tree being planted, somebody in the shade",
    )
    values = {
        "ordinance_id": ordinance,
        "collection_id": collection,
        "position": 99,
        "effect": f"{MARK} 그림으로 읽는 조례: 여름 길에 그늘이 생깁니다.",
        "effect_en": f"{MARK_EN} An ordinance in pictures: shade on summer streets.",
        "script": _SCRIPT,
        "script_en": _SCRIPT_EN,
        "files": [{"file_id": picture.id, "title": None, "title_en": None}],
    }
    office.publish(office.create(DESK, values))


def draw_panels() -> bytes:
    """Return three panels side by side as a PNG picture."""
    image = Image.new("RGB", (_WIDTH * _PANELS // 2, _HEIGHT), _PAPER)
    pen, width = ImageDraw.Draw(image), _WIDTH // 2
    for number in range(_PANELS):
        left = number * width
        pen.rectangle((left + 8, 8, left + width - 8, _HEIGHT - 8), outline=_INK, width=4)
        pen.line((left + 8, 400, left + width - 8, 400), fill=_INK, width=4)
        _draw_sun(pen, left) if number == 0 else _draw_tree(pen, left, size=number)
        _draw_person(pen, left)
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def _draw_sun(pen: ImageDraw.ImageDraw, left: int) -> None:
    pen.ellipse((left + 40, 40, left + 120, 120), outline=_INK, width=4)


def _draw_tree(pen: ImageDraw.ImageDraw, left: int, *, size: int) -> None:
    """Draw a tree; of size 2 it has grown and gives shade."""
    top, reach = 400 - 110 * size, 45 * size
    pen.rectangle((left + 228, top, left + 242, 400), fill=_INK)
    pen.ellipse((left + 235 - reach, top - reach, left + 235 + reach, top + reach), fill=_LEAVES)
    if size > 1:
        pen.ellipse((left + 90, 388, left + 330, 412), fill=_SHADE, outline=_INK)


def _draw_person(pen: ImageDraw.ImageDraw, left: int) -> None:
    pen.ellipse((left + 120, 270, left + 160, 310), fill=_PAPER, outline=_INK, width=4)
    pen.line((left + 140, 310, left + 140, 360), fill=_INK, width=4)
    pen.line((left + 140, 360, left + 120, 400), fill=_INK, width=4)
    pen.line((left + 140, 360, left + 160, 400), fill=_INK, width=4)
    pen.line((left + 112, 330, left + 168, 330), fill=_INK, width=4)
