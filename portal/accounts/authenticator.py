"""Passkeys as WebAuthn (Level 2) has them: what is asked of an authenticator, what it answers.

Signatures are checked by ``webauthn``; here stands what this site asks for: a passkey that names
its owner, and an owner who is verified (PIN, finger, face) each time. So one touch is two factors.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

# What a made-up answer can raise: the library lets errors of its parsers through.
_FAULTS = (
    WebAuthnException,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    RecursionError,
)
_VERIFIED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True)
class RelyingParty:
    """The site as authenticators know it.

    :ivar key: host name that a passkey is bound to
    :ivar origin: scheme, host and port that an answer must come from
    """

    key: str
    origin: str


@dataclass(frozen=True)
class Owner:
    """Who a passkey is for.

    :ivar handle: what the authenticator gives back to name its owner
    """

    handle: bytes
    email: str
    name: str


@dataclass(frozen=True)
class NewPasskey:
    """What is kept of a passkey that was just made."""

    credential_id: str
    public_key: bytes
    sign_count: int


def relying_party(site_url: str) -> RelyingParty | None:
    """Return the site as authenticators know it, or None when browsers give it no passkeys.

    They want a host name and https; on one's own machine ``localhost`` will do, but no number.
    """
    parts = urlsplit(site_url)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    if parts.scheme == "https" and not _is_number(host):
        return RelyingParty(host, f"https://{host}{port}")
    if parts.scheme == "http" and _is_this_machine(host):
        return RelyingParty("localhost", f"http://localhost{port}")
    return None


def creation_options(
    party: RelyingParty, *, owner: Owner, known: Iterable[str], challenge: bytes
) -> str:
    """Return as JSON what a browser needs to make a passkey.

    :param known: credential ids that the owner has; an authenticator makes no second one
    """
    criteria = AuthenticatorSelectionCriteria(
        resident_key=ResidentKeyRequirement.REQUIRED,
        require_resident_key=True,
        user_verification=_VERIFIED,
    )
    options = generate_registration_options(
        rp_id=party.key,
        rp_name=party.key,
        user_id=owner.handle,
        user_name=owner.email,
        user_display_name=owner.name,
        challenge=challenge,
        authenticator_selection=criteria,
        exclude_credentials=_named(known),
    )
    return options_to_json(options)


def request_options(party: RelyingParty, *, known: Iterable[str], challenge: bytes) -> str:
    """Return as JSON what a browser needs to use a passkey.

    :param known: credential ids of who is asked; none: whoever it is
    """
    options = generate_authentication_options(
        rp_id=party.key,
        challenge=challenge,
        allow_credentials=_named(known),
        user_verification=_VERIFIED,
    )
    return options_to_json(options)


def read_new(answer: str, *, party: RelyingParty, challenge: bytes) -> NewPasskey | None:
    """Return the passkey of an answer in JSON, or None when the answer is not right."""
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.key,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except _FAULTS:
        return None
    key = bytes_to_base64url(made.credential_id)
    return NewPasskey(key, made.credential_public_key, made.sign_count)


def read_owner(answer: str) -> tuple[str, bytes | None] | None:
    """Return which passkey an answer claims to be of, and whose; None when it is no answer."""
    try:
        credential = parse_authentication_credential_json(answer)
    except _FAULTS:
        return None
    return bytes_to_base64url(credential.raw_id), credential.response.user_handle


def read_count(
    answer: str, *, party: RelyingParty, challenge: bytes, public_key: bytes, sign_count: int
) -> int | None:
    """Return the new sign count of a right answer, or None when it is not right.

    :param sign_count: the last one; a count that does not grow means a copied authenticator
    """
    try:
        used = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.key,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except _FAULTS:
        return None
    return int(used.new_sign_count)


def _named(known: Iterable[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key)) for key in known]


def _is_number(host: str) -> bool:
    """Say whether a host is an IP address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_this_machine(host: str) -> bool:
    """Say whether a host is reached from this machine by ``localhost``."""
    if not _is_number(host):
        return host == "localhost"
    return ip_address(host).is_loopback or ip_address(host).is_unspecified
