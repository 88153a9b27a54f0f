"""The picture of a drawn signature, as a client sends it."""

import base64
import binascii

from odoo.exceptions import UserError

IMAGE_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
SIGNATURE_MAX = 2 * 1024 * 1024


def clean_signature(env, value):
    """Return the base64 of a drawn signature.

    :raise UserError: missing, not an image, or larger than a signature can be
    """
    try:
        raw = base64.b64decode(value or b"", validate=True)
    except (binascii.Error, TypeError, ValueError):
        raw = b""
    if not raw:
        raise UserError(env._("Please sign and write your name."))
    if len(raw) > SIGNATURE_MAX or not raw.startswith(IMAGE_MAGIC):
        raise UserError(env._("The signature must be a picture of at most 2 MB."))
    return base64.b64encode(raw)
