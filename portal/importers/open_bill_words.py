"""What the words in a council's list of bills mean: results, kinds, who brought a bill in."""

import re
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from portal.importers.open_bill_columns import bare
from portal.legislation.rules.kinds import BillKind, Proposer, StepKind, StepResult


@dataclass(frozen=True)
class Decision:
    """What a printed result means.

    :ivar result: how a committee or the plenary decided; None where the words say only that it did
    :ivar end: the step that ends the bill instead: it was withdrawn or lapsed
    :ivar text: the printed words
    """

    result: StepResult | None = None
    end: StepKind | None = None
    text: str = ""


#: Words that say that nothing was decided yet.
_UNDECIDED = "미상정 미처리 계류 계류중 심사중 심의중 처리중 접수 회부 R17"
#: Words that say that it was decided, but not for or against.
_OTHERWISE = "의견제시 의견채택 의견청취 징계하지아니함 징계의결 기타 재의요구 반려 R19 R99"
#: Codes: 충청남도의회 의안검색 (data.go.kr 15097080). 재회부 sends it back to the committee.
_RESULTS = {
    StepResult.PASSED: (
        "원안가결 가결 원안의결 의결 원안채택 채택 원안통과 통과 원안동의 동의 원안승인 승인 "
        "찬성 찬성의견 선출 R01 R05"
    ),
    StepResult.AMENDED: "수정가결 수정의결 수정채택 수정동의 수정승인 수정안가결 R03",
    StepResult.ALTERNATIVE: "대안반영폐기 대안반영 대안폐기",
    StepResult.REJECTED: "부결 부동의 불승인 반대 반대의견 R07",
    StepResult.NOT_FORWARDED: (
        "본회의에부의하지아니함 본회의에부의하지아니하기로함 본회의부의하지아니함 본회의불부의 "
        "본회의미부의 불부의"
    ),
    StepResult.CONTINUED: "보류 심사보류 계속심사 심의보류 재회부 R13 R15",
}
_ENDS = {
    StepKind.LAPSED: "폐기 임기만료폐기 회기불계속폐기 자동폐기 R09",
    StepKind.WITHDRAWN: "철회 자진철회 R11",
}
_BY_WORD: dict[str, Decision | None] = (
    {bare(word): None for word in _UNDECIDED.split()}
    | {bare(word): Decision() for word in _OTHERWISE.split()}
    | {
        bare(w): Decision(result=result)
        for result, words in _RESULTS.items()
        for w in words.split()
    }
    | {bare(word): Decision(end=end) for end, words in _ENDS.items() for word in words.split()}
)
_CODE = re.compile(r"\s*(R[0-9]{2})\W*(.*?)\W*", re.DOTALL)


def decision_of(text: str) -> Decision | None:
    """Return what a printed result means; None: nothing was decided yet.

    A code may stand before the word: ``R01 원안가결``.

    :raise ValueError: it is none of the known words; the message names them
    """
    coded = _CODE.fullmatch(text)
    word = (coded[2] or coded[1]) if coded else text
    if bare(word) not in _BY_WORD:
        known = ", ".join(_known_words())
        message = _(
            "%(value)s is none of the known results: %(words)s", value=repr(text), words=known
        )
        raise ValueError(message)
    found = _BY_WORD[bare(word)]
    return replace(found, text=text) if found else None


def _known_words() -> list[str]:
    lists = (*_RESULTS.values(), *_ENDS.values(), _OTHERWISE, _UNDECIDED)
    return [word for words in lists for word in words.split()]


#: Codes of kinds, from the same council: made, changed, repealed ordinances and so on.
_KIND_CODES = {
    "b01": BillKind.ORDINANCE,
    "b03": BillKind.ORDINANCE,
    "b05": BillKind.ORDINANCE,
    "b09": BillKind.CONSENT,
    "b11": BillKind.RESOLUTION,
    "b13": BillKind.RESOLUTION,
    "b21": BillKind.CONSENT,
}
#: The end of a title, or of the word for its kind, without spaces; the first that fits holds.
_ENDINGS = (
    (BillKind.SETTLEMENT, "결산 결산안 결산승인안 결산승인의건 결산승인"),
    (BillKind.ORDINANCE, "조례안 조례 조례제정안 조례개정안 조례폐지안 조례안제정 조례안개정"),
    (BillKind.BUDGET, "예산안 예산 예산안및기금운용계획안 기금운용계획안 기금운용계획변경안"),
    (BillKind.OPINION, "의견청취안 의견청취의건 의견청취 의견안 의견제시의건"),
    (BillKind.CONSENT, "동의안 동의의건 동의 승인안 승인의건 승인"),
    (BillKind.RESOLUTION, "건의안 건의 결의안 결의 촉구안 촉구결의안 건의문"),
    (BillKind.PETITION, "청원 청원의건 청원안"),
    (BillKind.ELECTION, "선거 선거의건 선출 선출의건 선임의건 선임 보궐선거"),
)
_ADDITION = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\s*$")


def kind_of(word: str, title: str) -> BillKind:
    """Return the kind of a bill by the word for its kind, else by the end of its title."""
    plain = bare(word)
    says_both = "예산" in plain and "결산" in plain
    by_word = None if says_both else _KIND_CODES.get(plain[:3]) or _by_ending(plain)
    return by_word or _by_ending(bare(_ADDITION.sub("", title))) or BillKind.OTHER


def _by_ending(plain: str) -> BillKind | None:
    for kind, endings in _ENDINGS:
        if plain.endswith(tuple(endings.split())):
            return kind
    return None


#: The end of who brought a bill in, or of the word for it; the first that fits holds.
_PROPOSERS = (
    (Proposer.SUPERINTENDENT, "교육감 교육청"),
    (Proposer.MAYOR, "시장 구청장 군수 도지사 지사 단체장 지방자치단체장 집행부 집행기관 정부"),
    (Proposer.COMMITTEE, "위원회 위원장 위원회안 특위"),
    (Proposer.CITIZENS, "주민 주민발의 주민조례 주민조례청구 주민청구 시민 청원인"),
    (Proposer.MEMBERS, "의원 의원발의 의원안"),
)
_AND_OTHERS = re.compile(r"\s*(?:외|등)\s*[0-9]{1,3}\s*[명인].*$", re.DOTALL)
_WAY = re.compile(r"(?:제출|발의|제안)?$")


def proposer_of(word: str, printed: str) -> Proposer | None:
    """Return who brought a bill in by the word for it, else by the printed name; None: unknown."""
    for text in (word, without_others(printed)):
        plain = bare(text)
        for candidate in (plain, _WAY.sub("", plain)):
            for proposer, endings in _PROPOSERS:
                if candidate and candidate.endswith(tuple(endings.split())):
                    return proposer
    return None


def without_others(printed: str) -> str:
    """Return names without how many others stand behind them: ``홍길동 의원 외 9명``."""
    return _AND_OTHERS.sub("", printed)
