"""What the trail calls deeds about accounts."""

from flask_babel import lazy_gettext as _l

from portal.accounts.places import say_role
from portal.core.deeds import register_deeds
from portal.core.things import register_field

register_deeds(
    {
        "account.invite": _l("Made an account"),
        "account.change_password": _l("Changed a password"),
        "account.change_own_details": _l("Changed the own name or language"),
        "account.set_up_second_factor": _l("Set up the second factor"),
        "account.replace_second_factor": _l("Replaced the second factor"),
        "account.remove_second_factor": _l("Took a second factor away"),
        "account.renew_recovery_codes": _l("Made new recovery codes"),
        "account.use_recovery_code": _l("Used a recovery code"),
        "account.make_link": _l("Made a one-time link"),
        "account.add_passkey": _l("Added a passkey"),
        "account.rename_passkey": _l("Renamed a passkey"),
        "account.remove_passkey": _l("Removed a passkey"),
        "account.use_passkey": _l("Used a passkey"),
        "account.disable": _l("Disabled an account"),
        "account.enable": _l("Enabled an account"),
        "account.give_role": _l("Gave a role"),
        "account.take_role": _l("Took a role away"),
        "account.end_session": _l("Ended a session"),
        "account.end_all_sessions": _l("Ended all sessions"),
        "account.sign_in": _l("Signed in"),
        "account.sign_out": _l("Signed out"),
        "account.failed_password": _l("Gave a wrong password"),
        "account.failed_code": _l("Gave a wrong code"),
    }
)
register_field("role", _l("Role"), say_role)
