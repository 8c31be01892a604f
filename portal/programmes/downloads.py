"""Targets and results as a table to give away: one row a target."""

from collections.abc import Iterable

from portal.core.downloads import Column, Table
from portal.programmes.pages import TargetRow

COLUMNS = (
    Column("chapter", "장", "Chapter", "number", "", "업무보고의 장", "Chapter of the report"),
    Column("programme", "사업 코드", "Programme", "text", "", "사업의 주소", "Its address"),
    Column("programme_name", "사업", "Name", "text", "", "사업의 이름", "Name of the programme"),
    Column("unit_in_charge", "맡은 부서", "Unit", "text", "", "비면 모름", "Empty: not known"),
    Column("target_name", "목표", "Target", "text", "", "적힌 이름", "As printed"),
    Column("target_name_en", "목표(영어)", "Target (English)", "text", "", "번역", "Translation"),
    Column("period", "추진시기", "Period", "text", "", "적힌 그대로", "As printed"),
    Column("as_of", "기준일", "As of", "date", "", "실적을 센 날", "Day of the result"),
    Column("target", "목표값", "Target", "number", "", "비면 숫자가 없음", "Empty: no number"),
    Column("result", "실적값", "Result", "number", "", "비면 숫자가 없음", "Empty: no number"),
    Column("unit", "단위", "Unit", "text", "", "건, 회, 명 등", "As printed, in Korean"),
    Column(
        "state",
        "상태",
        "State",
        "text",
        "",
        "reached 이룸, on_time 제때, behind 늦음, not_yet 아직, no_target, no_result",
        "reached, on_time, behind, not_yet, no_target, no_result",
    ),
    Column("source", "출처", "Source", "text", "", "문서와 줄", "Document and line"),
)


def target_table(targets: Iterable[TargetRow]) -> Table:
    """Return targets as a table."""
    return Table("targets", COLUMNS, tuple(_values(target) for target in targets))


def _values(row: TargetRow) -> tuple[object, ...]:
    """Return a target in the order of the columns."""
    programme = row.programme
    source = f"{programme.source.title}, {row.locator or ''}" if programme.source else None
    return (
        programme.chapter.number,
        programme.slug,
        programme.name,
        programme.unit.slug if programme.unit else None,
        row.name,
        row.name_en,
        row.period,
        row.as_of.isoformat(),
        row.target,
        row.result,
        row.unit,
        row.progress.state.value,
        source,
    )
