"""QR codes as PNG, by reportlab's encoder but without its drawing back end, which not every system has."""

import io

from PIL import Image
from reportlab.graphics.barcode.qr import QrCodeWidget

QUIET_ZONE = 4  # modules of white around the code, as the standard asks
MODULE_SIZE = 8  # pixels


def make_qr_code(text):
    """Return the bytes of a PNG that shows ``text`` as QR code."""
    encoder = QrCodeWidget(text, barLevel="M").qr
    encoder.make()
    size = len(encoder.modules)
    image = Image.new("1", (size + 2 * QUIET_ZONE,) * 2, 1)
    for row, modules in enumerate(encoder.modules):
        for column, dark in enumerate(modules):
            if dark:
                image.putpixel((column + QUIET_ZONE, row + QUIET_ZONE), 0)
    stream = io.BytesIO()
    image.resize((image.width * MODULE_SIZE,) * 2, Image.Resampling.NEAREST).save(stream, "PNG")
    return stream.getvalue()
