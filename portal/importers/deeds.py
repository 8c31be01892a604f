"""What the trail calls an import."""

from flask_babel import lazy_gettext as _l

from portal.core.deeds import register_deeds
from portal.core.things import register_field
from portal.importers.words import OUTCOME_WORDS

register_deeds(
    {
        "data.imported": _l("Imported data"),
        "open_bills.imported": _l("Imported bills of open data"),
        "ordinance_texts.imported": _l("Imported texts of ordinances"),
    }
)
for _outcome, _label in OUTCOME_WORDS.items():
    register_field(str(_outcome), _label)
