"""The budget as a table to give away: one row a line, amounts in won."""

from collections.abc import Iterable

from portal.budget.pages import LineRow
from portal.core.downloads import Column, Table

COLUMNS = (
    Column("year", "회계연도", "Fiscal year", "number", "", "예산의 해", "Year of the budget"),
    Column("as_of", "기준일", "As of", "date", "", "이날까지의 금액", "Amounts up to this day"),
    Column("line", "항목 코드", "Line", "text", "", "항목의 주소", "Address of the line"),
    Column(
        "kind",
        "단계",
        "Level",
        "text",
        "",
        "total 총계, group 묶음, programme 사업, project 세부사업",
        "total, group, programme or project",
    ),
    Column("part_of", "상위 항목", "Part of", "text", "", "비면 배정되지 않음", "Empty: of none"),
    Column("name", "이름", "Name", "text", "", "출처에 적힌 이름", "Name in the source"),
    Column("name_en", "영어 이름", "English name", "text", "", "번역", "Translation"),
    Column("current_won", "예산현액", "Current", "number", "won", "쓸 수 있는 돈", "To be spent"),
    Column("committed_won", "원인행위액", "Committed", "number", "won", "쓰기로 정한 돈", "Bound"),
    Column("spent_won", "지출액", "Spent", "number", "won", "쓴 돈", "Paid out"),
    Column("spent_percent", "집행률", "Rate", "number", "%", "적힌 그대로", "As printed"),
    Column("planned_won", "향후집행", "Planned", "number", "won", "적힌 그대로", "As printed"),
    Column(
        "planned_is",
        "향후집행의 뜻",
        "Meaning of planned",
        "text",
        "",
        "additional 더 쓸 돈, cumulative 연말까지 쓸 돈 전체, unclear 알 수 없음",
        "additional: after the day; cumulative: the whole year; unclear",
    ),
    Column("remaining_won", "집행잔액", "Remaining", "number", "won", "적힌 그대로", "As printed"),
    Column("printed_in", "적힌 단위", "Printed in", "text", "", "출처의 단위", "Source's unit"),
    Column("source", "출처", "Source", "text", "", "문서와 줄", "Document and line"),
)


def budget_table(year: int, lines: Iterable[LineRow]) -> Table:
    """Return the lines of a year as a table."""
    return Table(f"budget-{year}", COLUMNS, tuple(_values(year, line) for line in lines))


def _values(year: int, line: LineRow) -> tuple[object, ...]:
    """Return a line in the order of the columns."""
    money = line.money
    source = f"{line.source.title}, {line.source.locator}" if line.source else None
    return (
        year,
        money.as_of.isoformat(),
        line.slug,
        line.kind.value,
        line.parent_slug,
        line.name,
        line.name_en,
        money.current,
        money.committed,
        money.spent,
        money.spent_rate / 100 if money.spent_rate is not None else None,
        money.planned,
        money.planned_is.value if money.planned_is else None,
        money.remaining,
        money.unit.value,
        source,
    )
