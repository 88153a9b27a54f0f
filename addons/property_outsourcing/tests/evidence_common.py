"""Files as phones make them: real JPEGs with real EXIF, small films, small PDFs. No database in here."""

import io
import struct
from fractions import Fraction

from PIL import ExifTags, Image

EXIF_FORMAT = "%Y:%m:%d %H:%M:%S"


def make_photo(name="photo.jpg", color="red", exif_date=None, gps=None, size=(640, 480), exif_offset=None):
    """Return the bytes of a JPEG, or of a PNG or WebP if ``name`` ends so.

    :param color: anything Pillow takes; another colour gives another hash
    :param exif_date: datetime on the camera's clock, or None for a photo without EXIF
    :param gps: (latitude, longitude) in degrees
    :param exif_offset: time zone of the camera, "+08:00" for example
    """
    exif = Image.Exif()
    if exif_date:
        exif[ExifTags.Base.Make] = "Phone"
        details = exif.get_ifd(ExifTags.IFD.Exif)
        details[ExifTags.Base.DateTimeOriginal] = exif_date.strftime(EXIF_FORMAT)
        if exif_offset:
            details[ExifTags.Base.OffsetTimeOriginal] = exif_offset
    if gps:
        position = exif.get_ifd(ExifTags.IFD.GPSInfo)
        position[ExifTags.GPS.GPSLatitudeRef] = "N" if gps[0] >= 0 else "S"
        position[ExifTags.GPS.GPSLatitude] = _to_degrees(gps[0])
        position[ExifTags.GPS.GPSLongitudeRef] = "E" if gps[1] >= 0 else "W"
        position[ExifTags.GPS.GPSLongitude] = _to_degrees(gps[1])
    stream = io.BytesIO()
    kind = {"png": "PNG", "webp": "WEBP"}.get(name.rpartition(".")[2].lower(), "JPEG")
    Image.new("RGB", size, color).save(stream, kind, exif=exif)
    return stream.getvalue()


def make_heic(exif_date, brand=b"heic"):
    """Return bytes that look like a HEIC with its EXIF block; nobody can decode the picture in it."""
    photo = make_photo(exif_date=exif_date)
    start = photo.index(b"Exif\x00\x00")
    exif = photo[start : start + 512]
    return _make_box(b"ftyp", brand + struct.pack(">I", 0) + b"mif1heic") + _make_box(
        b"mdat", b"\0\0\0\6" + exif
    )


def make_film(brand=b"isom", created=None, size=2048):
    """Return a film without pictures: the boxes of an MP4, or a MOV with the brand ``qt  ``.

    :param created: seconds since 1904, as the header of a film says it
    """
    header = struct.pack(">IIIII", 0, created or 0, created or 0, 1000, 1000).ljust(100, b"\0")
    return (
        _make_box(b"ftyp", brand + struct.pack(">I", 512) + b"mp42")
        + _make_box(b"mdat", b"\x55" * size)
        + _make_box(b"moov", _make_box(b"mvhd", header))
    )


def make_pdf(text="signed"):
    """Return the bytes of something that begins and ends as a PDF."""
    return f"%PDF-1.4\n% {text}\n%%EOF\n".encode()


def _make_box(kind, content):
    return struct.pack(">I4s", len(content) + 8, kind) + content


def _to_degrees(value):
    value = abs(Fraction(value).limit_denominator(10_000_000))
    degrees, rest = divmod(value, 1)
    minutes, rest = divmod(rest * 60, 1)
    return (float(degrees), float(minutes), float(rest * 60))
