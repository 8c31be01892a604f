"""Samples of texts for the style guide."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms import Form, TextAreaField

#: Korean on purpose: an English page shows how a text in Korean only looks there.
MARKED = """## 예산안이 바뀐 까닭

**예산(안)**을 두 번 고쳤습니다. **"교통비"**를 *5억 원* 줄이고, ~~회의비~~는 그대로 두었습니다.[^1]
[회의 자료](https://example.kr/)와 [일정](/calendar)에서 더 볼 수 있습니다.

### 남은 일

- 위원회 심사
- 본회의 의결

| 항목 | 금액(백만 원) |
| --- | ---: |
| 교통비 | 1,200 |
| 회의비 | 300 |

> 이 글은 보기이며, 사실이 아닙니다.

[^1]: 회의비는 지난해와 같습니다.
"""


class TextForm(Form):
    """A text that somebody writes."""

    body = TextAreaField(_l("Text"), description=_l("What happened, in plain words."))


@dataclass(frozen=True)
class TextSamples:
    """What the style guide shows of texts."""

    marked: str
    form: TextForm


def build_text_samples() -> TextSamples:
    """Return the samples."""
    return TextSamples(marked=MARKED, form=TextForm(prefix="text-", data={"body": MARKED}))
