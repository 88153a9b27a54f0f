"""What a signature on the glass has to be: more than a dot, and within its field."""

import base64
import binascii
from io import BytesIO

from PIL import Image, UnidentifiedImageError

LARGEST = 4000  # pixels along one side; a field of ours has 640
LEAST = 0.1  # of the width of the field, the longer side of what is drawn
INK = 128  # darker than this is drawn


def find_signature_problem(env, text):
    """Return in a sentence why a drawn signature does not count, or False.

    What is no picture at all, or none, is told by the document that is signed.

    :param str text: the picture in base64
    """
    try:
        picture = Image.open(BytesIO(base64.b64decode(text.partition("base64,")[2] or text, validate=True)))
        if max(picture.size) > LARGEST:
            return env._("The signature is not a picture.")
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        drawn = (
            Image.alpha_composite(paper, picture)
            .convert("L")
            .point(lambda value: 255 if value < INK else 0)
            .getbbox()
        )
    except (binascii.Error, ValueError, OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return False
    width, height = picture.size
    left, top, right, bottom = drawn or (0, 0, 0, 0)
    if max(right - left, bottom - top) < LEAST * width:
        return env._("A signature is more than a dot: please write your name in the field.")
    if left == 0 or top == 0 or right == width or bottom == height:
        return env._("The signature left the field. Press Clear and sign within it.")
    return False
