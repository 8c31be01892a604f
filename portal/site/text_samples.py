"""Samples of texts for the style guide: one in Markdown, and what changed in another."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms import Form, TextAreaField

from portal.moderation.rules import FieldDiff, diff_texts

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
SAME = """제1조(목적) 이 조례는 서울에 사는 청년이 스스로 모여 배우고 일하는 것을 돕는 데 \
필요한 것을 정한다.
제2조(정의) "모임"이란 청년 다섯 사람 이상이 뜻을 모아 만든 것을 말한다.

"""
BEFORE = """제3조(지원 대상) 시장은 다음 각 호의 사람에게 활동비를 지원한다.
1. 서울특별시에 사는 청년이 만든 모임
2. 그 밖에 시장이 인정하는 단체

제4조(예산) 시장은 예산의 범위에서 필요한 비용 3,000만 원을 지원할 수 있다. 지원의 절차와 방법, \
그 밖에 필요한 것은 규칙으로 정하고, 시장은 그 결과를 해마다 의회에 알린다."""
AFTER = """제3조(지원 대상) 시장은 다음 각 호의 사람과 모임에 활동비를 지원한다.
1. 서울특별시에 살거나 일하는 청년들이 만든 모임
2. 그 밖에 시장이 인정하는 단체

제4조(예산) 시장은 예산의 범위에서 필요한 비용 5,000만 원을 지원할 수 있다. 지원의 절차와 방법, \
그 밖에 필요한 것은 규칙으로 정하고, 시장은 그 결과를 해마다 의회에 보고한다."""


class TextForm(Form):
    """A text that somebody writes."""

    body = TextAreaField(_l("Text"), description=_l("What happened, in plain words."))


@dataclass(frozen=True)
class TextSamples:
    """What the style guide shows of texts."""

    marked: str
    form: TextForm
    change: FieldDiff


def build_text_samples() -> TextSamples:
    """Return the samples."""
    return TextSamples(
        marked=MARKED,
        form=TextForm(prefix="text-", data={"body": MARKED}),
        change=FieldDiff("body", diff_texts(SAME + BEFORE, SAME + AFTER)),
    )
