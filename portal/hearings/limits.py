"""How much one link, one address or one network may send; a school shares a network."""

from datetime import timedelta

from portal.core.limits import Limit

#: Letters that somebody else’s mailbox may get because a stranger typed its address.
CONTACT = Limit("hearing.contact", 8, timedelta(hours=1))
#: Changes by one link.
LINK = Limit("hearing.link", 60, timedelta(hours=1))
#: Guesses of a slip’s code.
SLIP = Limit("hearing.slip", 10, timedelta(minutes=15))
#: Forms from one network address: 200 of one school pass.
NETWORK = Limit("hearing.network", 600, timedelta(hours=1))
#: Opinions by the form of one hearing.
OPINIONS = Limit("hearing.opinions", 600, timedelta(hours=1))
#: Files with opinions from one network address; each may have 10 MB.
FILES = Limit("hearing.files", 30, timedelta(hours=1))
LIMITS = (CONTACT, LINK, SLIP, NETWORK, OPINIONS, FILES)
