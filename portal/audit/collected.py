"""What the trail keeps about those whose deeds it notes."""

from flask_babel import lazy_gettext as _l

from portal.core.collected import Collected

TRAIL = Collected(
    key="trail",
    name=_l("The trail of deeds"),
    purpose=_l("To prove later who decided, changed or saw what."),
    items=(
        _l("Number of the account, time and deed; of the staff the network, not the address"),
        _l("That a remark has arrived, without its words and without any address"),
    ),
    basis=_l(
        "The council’s duty to keep records of access that nobody can forge (Personal Information "
        "Protection Act, article 29)."
    ),
    kept_for=_l("As long as the site; a line can’t be changed or taken out."),
    seen_by=_l("Auditors."),
    refusal=_l("No; it holds nothing about readers."),
    is_about_staff=True,
    tables=frozenset(("audit_lines",)),
)
