"""What the audit trail calls deeds about hearings."""

from flask_babel import lazy_gettext as _l

from portal.core.deeds import register_deeds
from portal.core.things import register_field, register_values
from portal.hearings import words
from portal.hearings.application_words import STATES
from portal.hearings.opinion_words import STATE_WORDS
from portal.hearings.staff_words import WAY_WORDS

register_deeds(
    {
        "hearing.places_set": _l("Set the places of a hearing"),
        "hearing.windows_set": _l("Set when one can sign up and send opinions"),
        "hearing.called_off": _l("Called a hearing off"),
        "opinion.sent": _l("Sent an opinion"),
        "opinion.objected": _l("Objected to a hidden opinion"),
        "opinion.published": _l("Published an opinion"),
        "opinion.changed": _l("Changed what is shown of an opinion"),
        "opinion.hidden": _l("Hid an opinion"),
        "opinion.reopened": _l("Took an opinion up again"),
        "opinion.restored": _l("Showed an opinion after an objection"),
        "opinion.upheld": _l("Let an opinion stay hidden after an objection"),
        "opinion.answered": _l("Answered an opinion"),
        "opinion.downloaded": _l("Downloaded opinions that nobody has read"),
        "hearing_application.submitted": _l("Applied for a hearing"),
        "hearing_application.approved": _l("Approved an application for a hearing"),
        "hearing_application.refused": _l("Refused an application for a hearing"),
        "hearing_application.withdrawn": _l("Took an application for a hearing back"),
        "hearing_application.settled": _l("Settled the cost of a hearing"),
        "hearing.caller_signed_up": _l("Signed somebody up who called"),
        "hearing.slip_renewed": _l("Made a slip anew"),
        "hearing.links_renewed": _l("Ended the links of a party and sent new ones"),
        "hearing.guest_admitted": _l("Gave a guest places that were held back"),
        "hearing.walk_in_admitted": _l("Let somebody in without a sign-up"),
        "hearing.party_marked": _l("Noted whether a party came"),
        "hearing.message_sent": _l("Wrote to those who signed up"),
        "hearing.badges_exported": _l("Took badges as a file"),
        "hearing.sign_ups_exported": _l("Took sign-ups as a file"),
        "hearing.attendance_kept": _l("Kept how many people came"),
    }
)
register_field("application_state", _l("State"))
register_values("application_state", STATES)
register_field("hearing_kind", _l("Kind"))
register_values("hearing_kind", words.KINDS)
register_field("granted_won", _l("Granted, in won"))
register_field("granted_business_won", _l("Granted for business expenses, in won"))
register_field("spent_won", _l("Spent, in won"))
register_field("spent_business_won", _l("Spent for business expenses, in won"))
register_values("state", STATE_WORDS)
register_field("way", _l("How"))
register_values("way", WAY_WORDS)
register_field("capacity", _l("Places"))
register_field("held_back", _l("Held back"))
register_field("attendance", _l("People who came"))
register_field("absent", _l("Did not come"))
register_field("letters", _l("Letters"))
register_field("audience", _l("To whom"))
register_field("hearing", _l("Hearing"))
register_field("sign_up_opens_at", _l("Sign-up opens"))
register_field("sign_up_closes_at", _l("Sign-up closes"))
register_field("opinions_open_at", _l("Opinions open"))
register_field("opinions_close_at", _l("Opinions close"))
