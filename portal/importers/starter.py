"""What ``flask data new`` writes beside the empty tables."""

COUNCIL_TEMPLATE = """\
# Whose portal this is. Every value but those marked optional is needed.
name: 우리시의회
name_en: Our City Council
secretariat: 우리시의회 사무국
secretariat_en: Our City Council Secretariat
# yes only when this is the council's own site; otherwise each page says that it is not.
is_official: no
# The day the site stands on while PORTAL_CLOCK is dataset, and the day after which data end.
site_day: 2026-01-02
data_ends_on: 2026-12-31
# Country whose public holidays count (ISO code).
holidays: KR
# Optional, empty means not known. Hours such as: Mo-Fr 09:00-18:00
address:
address_en:
postal_code:
phone:
opening_hours:
website:
"""

TEXTS_TEMPLATE = """\
# Texts of the work programmes. Take the marks off and write your own.
# all:
#   source: our-report
# name-of-the-programme:
#   purpose:
#     - text: 무엇을 위해 합니까
#       text_en: What it is for
#   plan:
#     - text: 무엇을 하려고 합니까
#   result:
#     - text: 무엇을 했습니까
"""

PERIODS_TEMPLATE = """\
# What your council states instead of the periods of the law. Take the marks off where it does.
# Kinds: law_question, procedure_question, suggestion, grievance, other. Only “other” may take
# longer than the law says.
# grievance:
#   amount: 5
#   unit: days
#   basis: practice
#   rule: 어디에 적혀 있습니까
#   rule_en: What states it
"""
