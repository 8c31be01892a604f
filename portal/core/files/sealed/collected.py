"""What sealed files tell about people, for the privacy policy."""

from flask_babel import lazy_gettext as _l

from portal.core.collected import Collected

SEALED_FILES = Collected(
    key="sealed-files",
    name=_l("Files that you send about your own case"),
    purpose=_l("To look into your case."),
    items=(
        _l("The files, without the marks that could be taken out, encrypted"),
        _l("Their names, encrypted"),
    ),
    basis=_l("Your consent by sending the form (Personal Information Protection Act, article 15)."),
    kept_for=_l(
        "2 hours when you don’t send the form. Otherwise as long as the case they were sent with."
    ),
    seen_by=_l("Staff who handle the case, after the virus scanner passed the file."),
    refusal=_l("You may send no files; the form is taken without them."),
    tables=frozenset(("sealed_files",)),
)
