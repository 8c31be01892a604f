"""What the preview of figures calls the columns of the tables, as the budget's pages call them."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

_WORDS: dict[str, LazyString] = {
    "line": _l("Line"),
    "year": _l("Fiscal year"),
    "as_of": _l("As of"),
    "unit": _l("Printed unit"),
    "current": _l("Current budget"),
    "committed": _l("Amount committed"),
    "committed_percent": _l("Share committed"),
    "spent": _l("Amount spent"),
    "spent_percent": _l("Execution rate"),
    "planned": _l("Planned until the end of the year"),
    "planned_percent": _l("Share planned"),
    "planned_is": _l("Meaning of planned"),
    "remaining": _l("Amount remaining"),
    "remaining_reason": _l("Reason for what is left"),
    "remaining_reason_en": _l("Reason for what is left, in English"),
    "amount": _l("Amount"),
    "source": _l("Document"),
    "locator": _l("Place in the document"),
    "kind": _l("Kind"),
    "parent": _l("Part of"),
    "name": _l("Name"),
    "name_en": _l("English name"),
    "items": _l("What it pays for"),
    "items_en": _l("What it pays for, in English"),
    "position": _l("Order"),
    "nature": _l("Kind of change"),
    "number": _l("Number"),
    "label": _l("Step"),
    "label_en": _l("Step, in English"),
    "population": _l("Population"),
    "population_on": _l("Population on"),
    "population_source": _l("Document of the population"),
    "programme": _l("Programme"),
    "chapter": _l("Chapter"),
    "slug": _l("Address"),
    "period": _l("Period"),
    "starts_on": _l("First day"),
    "ends_on": _l("Last day"),
    "target": _l("Target"),
    "due": _l("Due by the day"),
    "result": _l("Result"),
    "unit_en": _l("Unit, in English"),
    "target_text": _l("Target in words"),
    "target_text_en": _l("Target in English words"),
    "result_text": _l("Result in words"),
    "result_text_en": _l("Result in English words"),
    "text": _l("Text"),
    "text_en": _l("English text"),
    "note": _l("Note"),
    "note_en": _l("Note in English"),
    "key": _l("Code"),
    "title": _l("Title"),
    "title_en": _l("Title in English"),
    "address": _l("Address"),
    "accessed": _l("Read on"),
}
#: Values that are words of the rules, as they stand in the tables.
_VALUES: dict[str, LazyString] = {
    "won": _l("won"),
    "thousand": _l("thousand won"),
    "million": _l("million won"),
    "additional": _l("what is spent after the day"),
    "cumulative": _l("the whole year"),
    "unclear": _l("not clear"),
    "total": _l("the total"),
    "group": _l("a group"),
    "programme": _l("a programme"),
    "project": _l("a project"),
    "original": _l("original budget"),
    "carried_over": _l("carried over"),
    "deemed": _l("deemed budget"),
    "supplementary": _l("supplementary budget"),
    "current": _l("current budget"),
}
#: Columns that mean something else in one table.
_OF_TABLES: dict[tuple[str, str], LazyString] = {
    ("programmes/programmes.csv", "unit"): _l("Unit in charge"),
    ("programmes/targets.csv", "unit"): _l("Counted in"),
}


def value_words(value: str) -> str:
    """Return what a word of the rules is called; itself where nobody named it."""
    return str(_VALUES.get(value, value))


def column_words(path: str, column: str) -> str:
    """Return what a column of a table is called; its own name where nobody named it."""
    return str(_OF_TABLES.get((path, column)) or _WORDS.get(column, column))
