"""An authenticator of software: it makes and uses passkeys with real keys and signatures."""

import hashlib
import json
import os
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

HOST, ORIGIN = "localhost", "http://localhost"
_PRESENT, _VERIFIED, _WITH_KEY = 0x01, 0x04, 0x40


class SoftAuthenticator:
    """One passkey, and how often it was used.

    :ivar count: grows by one with each use; set it back to play a copy
    """

    def __init__(self) -> None:
        """Make a key pair."""
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = os.urandom(32)
        self.handle = b""
        self.count = 0

    def make(self, options: dict[str, Any], *, origin: str = ORIGIN) -> str:
        """Answer a question for a new passkey."""
        self.handle = options["user"]["id"]
        length = len(self.credential_id).to_bytes(2, "big")
        named = bytes(16) + length + self.credential_id + self._public_key()
        data = self._data(_PRESENT | _VERIFIED | _WITH_KEY) + named
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = _client_data("webauthn.create", options["challenge"], origin)
        response = {"attestationObject": _text(attestation), "clientDataJSON": _text(client)}
        return self._answer(response)

    def use(self, options: dict[str, Any], *, origin: str = ORIGIN, verified: bool = True) -> str:
        """Answer a question for this passkey."""
        self.count += 1
        data = self._data(_PRESENT | (_VERIFIED if verified else 0))
        client = _client_data("webauthn.get", options["challenge"], origin)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "authenticatorData": _text(data),
            "clientDataJSON": _text(client),
            "signature": _text(signature),
            "userHandle": self.handle,
        }
        return self._answer(response)

    def _data(self, flags: int) -> bytes:
        site = hashlib.sha256(HOST.encode()).digest()
        return site + bytes([flags]) + self.count.to_bytes(4, "big")

    def _public_key(self) -> bytes:
        """Return the public key in COSE (RFC 9053): ES256 on P-256."""
        numbers = self.key.public_key().public_numbers()
        x, y = (part.to_bytes(32, "big") for part in (numbers.x, numbers.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def _answer(self, response: dict[str, str]) -> str:
        key = _text(self.credential_id)
        extensions: dict[str, str] = {}
        answer = {"id": key, "rawId": key, "type": "public-key", "response": response}
        return json.dumps({**answer, "clientExtensionResults": extensions})


def _client_data(kind: str, challenge: str, origin: str) -> bytes:
    parts = {"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}
    return json.dumps(parts).encode()


def _text(value: bytes) -> str:
    return bytes_to_base64url(value)
