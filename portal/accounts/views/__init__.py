"""Pages of the staff: signing in and out, one's own account, everybody's accounts."""

from portal.accounts.views import colleagues, own, passkeys, sign_in
from portal.accounts.views.blueprint import accounts

__all__ = ["colleagues", "own", "passkeys", "sign_in"]

blueprints = (accounts,)
