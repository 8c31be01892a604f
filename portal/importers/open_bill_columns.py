"""Which column of a council's list of bills means what, however that council writes its name."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from flask_babel import gettext as _

from portal.importers.tables import DataError, DataErrors


class Column(StrEnum):
    """What a column tells; its value is the name that most councils print."""

    TERM = "대수"
    SESSION = "회기"
    NUMBER = "의안번호"
    TITLE = "의안명"
    KIND = "의안종류"
    PROPOSED_ON = "발의일"
    PROPOSER = "발의자"
    LEAD = "대표발의자"
    SPONSORS = "공동발의자"
    SUPPORTERS = "찬성자"
    PROPOSED_BY = "발의자구분"
    RECEIVED_ON = "접수일"
    COMMITTEE = "소관위원회"
    REFERRED_ON = "회부일"
    LAID_ON = "상정일"
    REVIEWED_ON = "위원회의결일"
    REVIEW_RESULT = "위원회처리결과"
    PLENARY_ON = "본회의의결일"
    PLENARY_RESULT = "본회의처리결과"
    TRANSMITTED_ON = "이송일"
    PROMULGATED_ON = "공포일"
    PROMULGATION = "공포번호"


#: Names as councils print them on data.go.kr (구리시 15038035, 강북구 15150547, 보령시 15080995,
#: 충청남도의회 15097080) and near ones; written without spaces and signs.
_NAMES = {
    Column.TERM: "대수 의회대수 대별 선거대수 th",
    Column.SESSION: "회기 회기명 회차 회수 의회회기 발의회기 제안회기 session",
    Column.NUMBER: "의안번호 의안no 안건번호 sn",
    Column.TITLE: "의안명 의안명칭 의안제목 안건명 안건제목 제목 atrznm",
    Column.KIND: "의안종류 의안종류명 의안구분 의안유형 안건종류 안건구분 billcd",
    Column.PROPOSED_ON: "발의일 발의일자 발의연월일 제안일 제안일자 제출일 제출일자 sbmsndate",
    Column.PROPOSER: "발의자 발의자명 발의의원 제안자 제안자명 제출자 sbmsnnm",
    Column.LEAD: "대표발의자 대표발의의원 대표발의",
    Column.SPONSORS: "공동발의자 공동발의의원 공동발의",
    Column.SUPPORTERS: "찬성자 찬성의원",
    Column.PROPOSED_BY: "발의자구분 발의구분 발의주체 제안자구분 제출자구분",
    Column.RECEIVED_ON: "접수일 접수일자",
    Column.COMMITTEE: "소관위원회 소관위원회명 소관위 회부위원회 심사위원회 위원회 위원회명 rgtrnm",
    Column.REFERRED_ON: "회부일 회부일자 위원회회부일 위원회회부일자 소관위회부일 cmtregymd",
    Column.LAID_ON: "상정일 상정일자 위원회상정일 위원회상정일자 소관위상정일 cmtrptymd",
    Column.REVIEWED_ON: (
        "위원회의결일 위원회의결일자 위원회처리일 위원회처리일자 위원회심사일 위원회심사일자 "
        "상임위의결일 상임위처리일 소관위의결일 소관위처리일 심사일 심사일자"
    ),
    Column.REVIEW_RESULT: (
        "위원회처리결과 위원회의결결과 위원회심사결과 위원회결과 상임위처리결과 상임위심사결과 "
        "소관위처리결과 심사결과"
    ),
    Column.PLENARY_ON: "본회의의결일 본회의의결일자 본회의처리일 본회의처리일자 본회의일",
    Column.PLENARY_RESULT: "본회의처리결과 본회의의결결과 본회의심의결과 본회의결과 resultcd",
    Column.TRANSMITTED_ON: "이송일 이송일자 집행부이송일",
    Column.PROMULGATED_ON: "공포일 공포일자 공포연월일",
    Column.PROMULGATION: "공포번호 공포호수",
}
_BY_NAME = {name: column for column, names in _NAMES.items() for name in names.split()}
#: Names that don't say of which body: the header's other columns do.
_BARE_DAYS = frozenset("의결일 의결일자 처리일 처리일자".split())
_BARE_RESULTS = frozenset("처리결과 의결결과 결과".split())
_RESULT_BESIDE = {
    Column.REVIEWED_ON: Column.REVIEW_RESULT,
    Column.PLENARY_ON: Column.PLENARY_RESULT,
}
_LETTERS = re.compile(r"[a-z0-9]+")


def bare(text: str) -> str:
    """Return a name or a word without what its copies write in different ways: spaces, signs."""
    plain = unicodedata.normalize("NFC", text).lower()
    return "".join(sign for sign in plain if sign.isalnum())


def columns_of(header: Sequence[str], path: str) -> tuple[dict[Column, int], tuple[str, ...]]:
    """Return where each column stands that a header has, from 0, and the names it does not know.

    :raise DataErrors: no column has the titles, or two mean the same
    """
    found: dict[Column, int] = {}
    unknown: list[str] = []
    places = [_meaning(name) for name in header]
    days = {column for column in places if column}
    for place, (name, column) in enumerate(zip(header, places, strict=True)):
        column = column or _bare_meaning(bare(name), found, days)
        if column is None:
            unknown.append(name.strip())
        elif column in found:
            raise _twice(path, place, name, header[found[column]])
        else:
            found[column] = place
    if Column.TITLE not in found:
        names = ", ".join(_NAMES[Column.TITLE].split())
        reason = _("no column has the titles of bills; name it one of: %(names)s", names=names)
        raise DataErrors([DataError(path, 1, 0, reason)])
    return found, tuple(name for name in unknown if name)


def _meaning(name: str) -> Column | None:
    """Return what a column tells by its name alone; ``발의일(YYYY-MM-DD)`` is ``발의일``."""
    plain = bare(name)
    return _BY_NAME.get(plain) or _BY_NAME.get(_LETTERS.sub("", plain))


def _bare_meaning(name: str, found: dict[Column, int], named: set[Column]) -> Column | None:
    """Return what a column tells whose name leaves open of which body it speaks.

    A day is the plenary's unless another column is. A result belongs to the nearest day before it.
    """
    if name in _BARE_DAYS:
        is_taken = Column.PLENARY_ON in named or Column.PLENARY_ON in found
        return Column.REVIEWED_ON if is_taken else Column.PLENARY_ON
    if name in _BARE_RESULTS:
        before = [column for column in found if column in _RESULT_BESIDE]
        nearest = max(before, key=lambda column: found[column], default=Column.PLENARY_ON)
        return _RESULT_BESIDE[nearest]
    return None


def _twice(path: str, place: int, name: str, other: str) -> DataErrors:
    reason = _(
        "the columns %(name)s and %(other)s mean the same; take one of them out",
        name=repr(name),
        other=repr(other),
    )
    return DataErrors([DataError(path, 1, place + 1, reason)])
