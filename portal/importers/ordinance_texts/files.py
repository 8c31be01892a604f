"""An ordinance's file: its facts and its text, whole or not at all."""

from dataclasses import dataclass

from flask_babel import gettext as _

from portal.core.control_signs import without_control_signs
from portal.importers.ordinance_texts.body import read_body
from portal.importers.ordinance_texts.facts import OrdinanceFacts, read_facts
from portal.importers.ordinance_texts.front_matter import read_front_matter, split_front_matter
from portal.importers.ordinance_texts.places import Complaints, lines_of
from portal.legislation.rules.text import OrdinanceText

#: Eight times the longest ordinance that was looked at, which has 83,000 signs.
MOST_SIGNS = 700_000


@dataclass(frozen=True)
class OrdinanceFile(OrdinanceFacts):
    """What an ordinance's file says.

    :ivar text: the ordinance itself
    """

    text: OrdinanceText


def read_ordinance_text(path_label: str, text: str) -> OrdinanceFile:
    """Return what the text of an ordinance's file says.

    :param path_label: what errors call the file
    :raise DataErrors: with what can't be read, up to 20 places as file, line and column
    """
    complaints = Complaints(path_label)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    _check_signs(text, complaints)
    above, below = split_front_matter(lines_of(text), complaints)
    facts = read_facts(read_front_matter(above, complaints), complaints)
    body = read_body(facts.title, facts.kind, below, complaints)
    complaints.refuse()
    return OrdinanceFile(**vars(facts), text=body)


def _check_signs(text: str, complaints: Complaints) -> None:
    """Refuse a text that is too long, or holds signs that no text of people has."""
    if len(text) > MOST_SIGNS:
        reason = _("the file is too long; at most %(most)s signs are read", most=MOST_SIGNS)
        complaints.add(0, 0, reason)
        complaints.refuse()
    for line in lines_of(text):
        if without_control_signs(line.text) != line.text:
            complaints.add(line.number, 1, _("the line has a sign that can't be shown; remove it"))
    complaints.refuse()
