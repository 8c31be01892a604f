"""The desks of bills and ordinances."""

from portal.legislation.staff.bills import DESK as BILLS
from portal.legislation.staff.collections import DESK as COLLECTIONS
from portal.legislation.staff.enactments import DESK as ENACTMENTS
from portal.legislation.staff.highlights import DESK as HIGHLIGHTS
from portal.legislation.staff.ordinances import DESK as ORDINANCES
from portal.legislation.staff.plain_words import DESK as HARD_WORDS

DESKS = (ORDINANCES, ENACTMENTS, BILLS, HIGHLIGHTS, COLLECTIONS, HARD_WORDS)
