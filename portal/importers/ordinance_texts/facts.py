"""What the facts in front of an ordinance say."""

from dataclasses import dataclass
from datetime import date

from portal.importers.ordinance_texts.front_matter import Group
from portal.importers.ordinance_texts.places import Complaints
from portal.importers.ordinance_texts.values import ValueReader


@dataclass(frozen=True)
class Attachment:
    """A 별표 or 서식; only where it lies is known, not what it says.

    :ivar number: as written, ``0001``; ``0000`` where it is the only one
    :ivar branch: as written, ``00`` for none
    :ivar kind: 별표, 서식 ...
    """

    number: str
    branch: str
    kind: str
    title: str
    file_format: str
    address: str


@dataclass(frozen=True)
class OrdinanceFacts:
    """What the facts say.

    :ivar identifier: 자치법규ID, the same for all versions of an ordinance
    :ivar serial: 자치법규일련번호, another one for each version
    :ivar kind: 조례, 규칙 ...
    :ivar promulgated_on: 공포일자; where the copy changed it, the day that the source gave
    :ivar number: 공포번호; None where none is known
    :ivar in_force_on: 시행일자, which may lie before or after the promulgation
    :ivar change_kind: 제정, 일부개정, 전부개정, 타법개정 ...
    :ivar text_source: 본문출처, how the copy's text was had
    """

    identifier: str
    serial: str
    title: str
    kind: str
    issuing_body: str
    region: str | None
    district: str | None
    promulgated_on: date
    number: int | None
    in_force_on: date
    change_kind: str | None
    field: str | None
    department: str | None
    text_source: str | None
    source: str | None
    attachments: tuple[Attachment, ...]


def read_facts(group: Group, complaints: Complaints) -> OrdinanceFacts:
    """Return the facts. What does not fit is noted; they are not to be used then."""
    reader = ValueReader(group, complaints)
    jurisdiction = reader.group("지자체구분")
    return OrdinanceFacts(
        identifier=reader.text("자치법규ID"),
        serial=reader.text("자치법규일련번호"),
        title=reader.text("자치법규명"),
        kind=reader.text("자치법규종류"),
        issuing_body=reader.text("지자체기관명"),
        region=jurisdiction.find_text("광역"),
        district=jurisdiction.find_text("기초"),
        promulgated_on=_promulgated_on(reader),
        number=reader.find_number("공포번호"),
        in_force_on=reader.day("시행일자"),
        change_kind=reader.find_text("제개정구분"),
        field=reader.find_text("자치법규분야"),
        department=reader.find_text("담당부서"),
        text_source=reader.find_text("본문출처"),
        source=reader.find_address("출처"),
        attachments=tuple(_attachment(entry) for entry in reader.groups("첨부파일")),
    )


def _promulgated_on(reader: ValueReader) -> date:
    """Return the true day: copies write 1970-01-01 for an earlier one, and give that beside."""
    if reader.is_true("공포일자보정"):
        return reader.bare_day("공포일자원문")
    return reader.day("공포일자")


def _attachment(reader: ValueReader) -> Attachment:
    return Attachment(
        number=reader.text("별표번호"),
        branch=reader.find_text("별표가지번호") or "",
        kind=reader.text("별표구분"),
        title=reader.find_text("제목") or "",
        file_format=reader.find_text("파일형식") or "",
        address=reader.find_address("파일링크") or "",
    )
