"""Pages of the staff beside Flask-Security's: one's own account, invitations, all accounts."""

from portal.accounts.views import colleagues, invitation, own, passkeys
from portal.accounts.views.blueprint import accounts

__all__ = ["colleagues", "invitation", "own", "passkeys"]

blueprints = (accounts,)
