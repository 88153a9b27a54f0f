"""Envelopes nobody opens alone: X25519, AES-256-GCM and scrypt of ``cryptography``, nothing of our own.

A bid is encrypted to the public key of its tender in memory. The private key exists only wrapped: once for
each group of openers that is large enough, under the passphrases of all its members together.
"""

import hashlib
import json
import os
import struct
from itertools import combinations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

STEP = 64 * 1024  # what is sealed is padded to steps, so that its size tells little
NONCE, KEY = 12, 32
SCRYPT = {"length": KEY, "n": 2**15, "r": 8, "p": 1}


class WrongPassphrase(Exception):
    """No group of the openers who typed opens the key."""


def seal(public_key, content):
    """Return ``content`` (bytes) encrypted to ``public_key``: own key, nonce, ciphertext in one blob."""
    own = X25519PrivateKey.generate()
    public = own.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key = _derive(own.exchange(X25519PublicKey.from_public_bytes(public_key)), public + public_key)
    padded = struct.pack(">Q", len(content)) + content
    padded += bytes(-len(padded) % STEP)
    nonce = os.urandom(NONCE)
    return public + nonce + AESGCM(key).encrypt(nonce, padded, public)


def find_key(private_key, blob):
    """Return the key ``blob`` was sealed with: it opens this envelope and no other of the tender.

    :raise InvalidTag: it is no envelope
    """
    public = blob[:KEY]
    if len(public) < KEY:
        raise InvalidTag
    own = X25519PrivateKey.from_private_bytes(private_key)
    target = own.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return _derive(own.exchange(X25519PublicKey.from_public_bytes(public)), public + target)


def unlock(key, blob):
    """Return what :func:`seal` was given, as a view that copies nothing.

    :param bytes key: of :func:`find_key`
    :raise InvalidTag: the blob was changed, or belongs to another key
    """
    public, nonce = blob[:KEY], blob[KEY : KEY + NONCE]
    ciphertext = memoryview(blob)[KEY + NONCE :]
    if len(ciphertext) < NONCE:
        raise InvalidTag
    padded = AESGCM(key).decrypt(nonce, ciphertext, public)
    (length,) = struct.unpack(">Q", padded[:8])
    return memoryview(padded)[8 : 8 + length]


def unseal(private_key, blob):
    """Return what :func:`seal` was given, for the private key of the tender; see :func:`unlock`."""
    return unlock(find_key(private_key, blob), blob)


def pack(offer, files):
    """Return ``offer`` (a dict) and ``files`` (list of bytes) as the content of an envelope."""
    header = json.dumps(offer).encode()
    return b"".join((struct.pack(">I", len(header)), header, *files))


def unpack(content):
    """Return (offer, number of the first byte of the files) of what :func:`pack` returned."""
    (length,) = struct.unpack(">I", content[:4])
    return json.loads(bytes(content[4 : 4 + length])), 4 + length


def hash_envelope(content, blob):
    """Return the receipt: over the content, whose salt only the bidder knows, and the blob it is sealed in.

    Key, nonce and the tag at the end stand for the blob: the tag vouches for each byte of it.
    """
    inner = hashlib.sha256(content).digest() + bytes(blob[: KEY + NONCE]) + bytes(blob[-16:])
    return hashlib.sha256(inner).hexdigest()


def make_keys(passphrases, need):
    """Return a new key pair, the private key wrapped for every group of ``need`` openers.

    Where all openers are needed, all but one open as well: people fall ill. That is recorded.

    :param dict passphrases: id of the opener -> passphrase
    :return: dict of ``public``, ``salts`` and ``wraps``, everything in hexadecimal digits
    """
    own = X25519PrivateKey.generate()
    private = own.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    salts = {str(opener): os.urandom(16) for opener in passphrases}
    stretched = {opener: _stretch(passphrases[opener], salts[str(opener)]) for opener in passphrases}
    size = min(need, max(len(passphrases) - 1, 2))
    wraps = {}
    for group in combinations(sorted(passphrases), size):
        nonce, name = os.urandom(NONCE), _name(group)
        wrapped = AESGCM(_join(stretched, group)).encrypt(nonce, private, name.encode())
        wraps[name] = (nonce + wrapped).hex()
    return {
        "public": own.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex(),
        "salts": {opener: salt.hex() for opener, salt in salts.items()},
        "wraps": wraps,
    }


def unwrap(keys, passphrases):
    """Return the private key, for what :func:`make_keys` returned and the passphrases of some openers.

    :raise WrongPassphrase: they are too few, or one of them is wrong: whoever is named has opened
    """
    stretched = {
        opener: _stretch(text, bytes.fromhex(keys["salts"][str(opener)]))
        for opener, text in passphrases.items()
        if str(opener) in keys["salts"]
    }
    private, proven = None, set()
    for name, wrapped in keys["wraps"].items():
        group = [int(opener) for opener in name.split(",")]
        if set(group) <= set(stretched):
            blob = bytes.fromhex(wrapped)
            try:
                private = AESGCM(_join(stretched, group)).decrypt(blob[:NONCE], blob[NONCE:], name.encode())
            except InvalidTag:
                continue
            proven |= set(group)
    if private is None or proven != set(passphrases):
        raise WrongPassphrase
    return private


def _stretch(passphrase, salt):
    return Scrypt(salt=salt, **SCRYPT).derive(passphrase.encode())


def _join(stretched, group):
    return hashlib.sha256(b"".join(stretched[opener] for opener in sorted(group))).digest()


def _name(group):
    return ",".join(str(opener) for opener in sorted(group))


def _derive(secret, info):
    return HKDF(algorithm=hashes.SHA256(), length=KEY, salt=None, info=info).derive(secret)
