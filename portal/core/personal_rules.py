"""How numbers and addresses of persons are written, each rule with its source.

The rules read a text that ``personal_data`` made readable: its digits, dashes and spaces are plain.
No pattern looks further than some dozens of letters, so that a long text takes its time in lines.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PersonalKind(StrEnum):
    """What was found."""

    RESIDENT_NUMBER = "resident_number"
    FOREIGNER_NUMBER = "foreigner_number"
    CARD = "card"
    DRIVER_LICENCE = "driver_licence"
    PASSPORT = "passport"
    BANK_ACCOUNT = "bank_account"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


#: What an office may print as its own. The numbers that tell one person from all others
#: (고유식별정보, 개인정보 보호법 제24조, 시행령 제19조) are nobody's to print.
CAN_BE_ALLOWED = frozenset(
    (PersonalKind.BANK_ACCOUNT, PersonalKind.PHONE, PersonalKind.EMAIL, PersonalKind.ADDRESS)
)


@dataclass(frozen=True)
class Rule:
    """How one kind is found.

    :ivar pattern: its only named group is the place
    :ivar holds: what else must be true of the digits of the place
    """

    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = lambda digits: True


#: 주민등록법 시행규칙 제2조: 13 digits, of which the first six are the day of birth and the
#: seventh tells sex and century. 외국인등록번호 (출입국관리법 제31조) is built alike.
_BIRTH_NUMBER = re.compile(
    r"(?<!\d)(?P<found>(?:\d{6}|\d\d[ .\-/]\d\d[ .\-/]\d\d)(?:[^\w\n]|_){0,3}[1-8]\d{6})(?!\d)"
)

#: ISO/IEC 7812-1: sixteen digits (American Express: fifteen), the last one checks the others.
_CARD = re.compile(
    r"(?<!\d)(?P<found>(?:2[2-7]\d\d|[34569]\d{3})(?:[ .\-]?\d{4}){3}"
    r"|3[47]\d\d[ .\-]?\d{6}[ .\-]?\d{5})(?!\d)"
)

_REGION = (
    "서울|부산|대구|인천|광주|대전|울산|경기|강원|충북|충남|전북|전남|경북|경남|제주|1[1-9]|2[0-8]"
)
#: On the licence (도로교통법 제85조): region, year, six digits, two digits.
_DRIVER_LICENCE = re.compile(
    rf"(?<![\d\-])(?P<found>(?:{_REGION})[ .\-]{{1,3}}\d\d[ .\-]{{1,3}}\d{{6}}[ .\-]{{1,3}}\d\d)"
    r"(?![\d\-])"
    r"|면허[^\d\n]{0,10}(?P<bare>(?:1[1-9]|2[0-8])\d{10})(?!\d)"
)

#: On the passport (여권법 제7조): a letter for its kind and eight digits; since 2021-12-21 the
#: fifth sign is a letter.
_PASSPORT = re.compile(
    r"(?<![A-Za-z\d])(?P<found>[MSRODGmsrodg][ \-]?(?:\d{8}|\d{3}[A-Za-z]\d{4}))(?![A-Za-z\d])"
)

_GAP = r"[ .\-)/_]{0,3}"
#: 전기통신번호관리세칙: mobile numbers, area codes, internet telephones, forwarded numbers. What
#: begins with 15, 16, 18 or 080 is a firm's or an office's.
_PHONE = re.compile(
    r"(?<!\d)(?P<found>(?:\(?\+?82[ .\-)]{0,3}(?:\(?0\)?[ .\-]?)?|\(?0)"
    rf"(?:1[016789]|2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50\d){_GAP}\d{{3,4}}{_GAP}\d{{4}})(?!\d)"
)

#: RFC 5322, as far as people use it.
_EMAIL = re.compile(
    r"(?<![\w.+\-])(?P<found>[A-Za-z\d][\w.+\-]{0,63} ?@ ?"
    r"(?:[A-Za-z\d\-]{1,63}\.){1,8}[A-Za-z]{2,})",
    re.ASCII,
)

#: Words beside which a row of digits is an account; the short names are other words, too.
_BANK = (
    r"(?:은행|뱅크|저축|농협|수협|신협|축협|새마을금고|우체국|계좌(?:번호)?|입금|예금주|통장"
    r"|(?<![A-Za-z])(?:KB|NH|IBK|SC|KDB|iM))"
)
_SHORT_BANK = r"(?:국민|신한|우리|하나|기업|제일|씨티|산업|카카오|토스|케이)"
_ACCOUNT = r"(?:\d{2,6}(?:-\d{1,7}){1,4}|\d{2,6}(?: \d{1,7}){1,4}|\d{10,14})"
_BANK_ACCOUNT = re.compile(
    rf"{_BANK}[^\d\n]{{0,20}}(?P<found>{_ACCOUNT})(?![\d\-])"
    rf"|{_SHORT_BANK}[ :(]{{0,3}}(?P<short>\d{{2,6}}(?:-\d{{1,7}}){{1,4}}|\d{{10,14}})(?![\d\-])"
    rf"|(?<![\d\-])(?P<before>{_ACCOUNT})[^\d\n]{{0,6}}(?:{_SHORT_BANK}은행|{_BANK})"
)

#: 도로명주소법 제2조: name of the road and number of the building, or the older 동 with its lot.
_ROAD = r"[가-힣A-Za-z\d·.]{1,20}(?:로|길)(?: ?\d{1,4}(?:번|가)?길)?"
_LOT = r"[가-힣\d]{1,12}(?:동|읍|면|리|가)"
_BUILDING = (
    rf"(?:{_ROAD}|{_LOT}) ?(?:지하 ?|산 ?)?\d{{1,5}}(?:-\d{{1,4}})?(?:번지)?"
    r"(?![\d년월일회조개명억만건차])"
)
#: A door makes a building a home (상세주소, the same article); "제12호" and "2호선" are none.
_DOOR = r"(?<![제\d\-])(?<!제 )(?:\d{1,4}-)?\d{1,5}호(?!선)"
_FLATS = r"(?:아파트|APT|빌라|맨션|오피스텔|연립|자이|래미안|푸르지오|힐스테이트)"
_ADDRESS = re.compile(
    rf"(?P<found>{_BUILDING}[^\d\n][^\n]{{0,30}}?{_DOOR})"
    rf"|(?P<flat>[가-힣A-Za-z\d]{{1,20}}{_FLATS}[^\n\d]{{0,6}}\d{{1,4}}동[ ,]{{0,3}}\d{{1,5}}호)"
    rf"|(?:자택|거주지|거주|집 ?주소|사는 곳)[^\n]{{0,20}}?(?P<home>{_BUILDING})"
)


def _is_born(digits: str) -> bool:
    """Say whether a number begins with a day on which somebody can have been born."""
    century = 1900 if digits[6] in "1256" else 2000
    try:
        date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    return True


def _is_resident(digits: str) -> bool:
    return digits[6] in "1234" and _is_born(digits)


def _is_foreigner(digits: str) -> bool:
    return digits[6] in "5678" and _is_born(digits)


def _is_account(digits: str) -> bool:
    """Say whether digits are as many as an account has (금융결제원), and no telephone's."""
    return 10 <= len(digits) <= 14 and not _PHONE.fullmatch(digits)


def _has_check_digit(digits: str) -> bool:
    """Say whether the last digit of a resident's or a foreigner's number agrees.

    Numbers given since 2020-10-05 have none (주민등록법 시행규칙 제2조): it makes sure, no more.
    """
    weighed = sum(int(digit) * (2 + at % 8) for at, digit in enumerate(digits[:12]))
    added = 2 if digits[6] in "5678" else 0
    return ((11 - weighed % 11) % 10 + added) % 10 == int(digits[12])


def _passes_luhn(digits: str) -> bool:
    """Say whether the check digit of a card agrees (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


#: The rules in their order: where two find the same place, the first one names it.
RULES: Mapping[PersonalKind, Rule] = {
    PersonalKind.RESIDENT_NUMBER: Rule(_BIRTH_NUMBER, _is_resident),
    PersonalKind.FOREIGNER_NUMBER: Rule(_BIRTH_NUMBER, _is_foreigner),
    PersonalKind.CARD: Rule(_CARD, _passes_luhn),
    PersonalKind.DRIVER_LICENCE: Rule(_DRIVER_LICENCE),
    PersonalKind.PASSPORT: Rule(_PASSPORT),
    PersonalKind.BANK_ACCOUNT: Rule(_BANK_ACCOUNT, _is_account),
    PersonalKind.PHONE: Rule(_PHONE),
    PersonalKind.EMAIL: Rule(_EMAIL),
    PersonalKind.ADDRESS: Rule(_ADDRESS),
}
#: Kinds of which a check digit can make sure.
SURE: Mapping[PersonalKind, Callable[[str], bool]] = {
    PersonalKind.RESIDENT_NUMBER: _has_check_digit,
    PersonalKind.FOREIGNER_NUMBER: _has_check_digit,
    PersonalKind.CARD: _passes_luhn,
}
