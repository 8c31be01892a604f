"""What the staff's pages call the files of figures, and what becomes of their rows."""

from flask_babel import lazy_gettext as _l

from portal.core.imports import Outcome

#: Files that staff bring as a table, in the order in which one is chosen.
FILE_WORDS = {
    "budget/execution.csv": _l("Budget execution"),
    "budget/lines.csv": _l("Budget lines"),
    "budget/years.csv": _l("Fiscal years"),
    "budget/bridge.csv": _l("From the original to the current budget"),
    "budget/revenue.csv": _l("Revenue of the council"),
    "programmes/targets.csv": _l("Targets and results of work programmes"),
    "programmes/milestones.csv": _l("Dated steps of work programmes"),
    "programmes/programmes.csv": _l("Work programmes"),
    "programmes/chapters.csv": _l("Chapters of work programmes"),
    "programmes/projects.csv": _l("Budget lines of work programmes"),
    "programmes/links.csv": _l("Related pages of work programmes"),
    "sources.csv": _l("Documents that figures come from"),
}
OUTCOME_WORDS = {
    Outcome.NEW: _l("New rows"),
    Outcome.CHANGED: _l("Changed rows"),
    Outcome.GONE: _l("Rows that fall away"),
    Outcome.KEPT: _l("Rows that stay as a person changed them"),
    Outcome.SAME: _l("Rows that stay the same"),
}
