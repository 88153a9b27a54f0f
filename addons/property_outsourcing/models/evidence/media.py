"""What a file really is and what it says about itself. No Odoo in here: bytes in, plain values out."""

import io
import math
import re
import struct
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

# Odoo registers only a few formats; the plugin must be imported for WebP to open.
from PIL import ExifTags, Image, ImageOps, WebPImagePlugin  # noqa: F401

try:
    import pi_heif
except ImportError:  # HEIC photos are kept all the same, only without a small picture
    pi_heif = None

# what the bytes say -> (extensions that may stand in the name, the first one is added when none does)
EXTENSIONS = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "video/mp4": (".mp4", ".m4v"),
    "video/quicktime": (".mov", ".qt"),
    "application/pdf": (".pdf",),
}
PILLOW_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
HEIC_EXIF = re.compile(rb"Exif\x00\x00(?=II\*\x00|MM\x00\*)")  # not the entry "Exif" in the list of items
HEIF_CONTAINER_BRANDS = {b"mif1", b"msf1"}  # may hold AVIF as well: the compatible brands decide
MP4_BRANDS = {b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash", b"mmp4", b"hvc1"}
MAX_PIXELS = 50_000_000  # for formats which cannot be decoded at a smaller scale, as JPEG can
THUMBNAIL_SIZE = (480, 480)
QUICKTIME_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)


class DamagedFile(ValueError):
    """The file begins like one of the accepted types but cannot be read."""


class TooManyPixels(ValueError):
    """The picture is small as a file but too big to be opened."""


@dataclass
class MediaInfo:
    """What was read from a file. ``taken`` is aware if the file says its time zone, else as on the wall."""

    mimetype: str
    taken: datetime | None = None
    taken_text: str | None = None
    latitude: float = 0.0
    longitude: float = 0.0
    thumbnail: bytes | None = None


def detect_mimetype(data):
    """Return the mimetype by the first bytes, or None if it is not one of the accepted types."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data[4:8] == b"ftyp":
        return _detect_boxed_mimetype(data)
    return None


def _detect_boxed_mimetype(data):
    size = int.from_bytes(data[:4], "big")
    major = bytes(data[8:12])
    brands = {major} | {bytes(data[start : start + 4]) for start in range(16, min(size, 256), 4)}
    if major in HEIC_BRANDS or (major in HEIF_CONTAINER_BRANDS and brands & HEIC_BRANDS):
        return "image/heic"
    if major == b"qt  ":
        return "video/quicktime"
    if major in MP4_BRANDS or major.startswith(b"iso"):
        return "video/mp4"
    return None


def is_video(mimetype):
    """Return whether the mimetype is one of the accepted videos."""
    return mimetype.startswith("video/")


def read_media(data, mimetype):
    """Read a file of an accepted type.

    :raise DamagedFile: it cannot be opened
    :raise TooManyPixels: it is a picture nobody could open
    """
    if mimetype in PILLOW_FORMATS:
        return _read_picture(data, mimetype)
    if mimetype == "image/heic":
        return _read_heic(data)
    if is_video(mimetype):
        return _read_video(data, mimetype)
    if b"%%EOF" not in data[-2048:]:
        raise DamagedFile
    return MediaInfo(mimetype)


# ---- pictures -------------------------------------------------------------------------------------------


def _read_picture(data, mimetype):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=[PILLOW_FORMATS[mimetype]])
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except Exception as error:
        raise DamagedFile from error
    if not _is_complete(data, mimetype):
        raise DamagedFile
    if mimetype != "image/jpeg" and picture.width * picture.height > MAX_PIXELS:
        raise TooManyPixels
    info = MediaInfo(mimetype)
    _read_exif(_get_exif(picture), info)
    info.thumbnail = _make_thumbnail(picture)
    return info


def _is_complete(data, mimetype):
    """Return whether the end of the picture has arrived; Odoo tells Pillow to be content with less."""
    if mimetype == "image/png":
        return data.rfind(b"IEND") > 0
    if mimetype == "image/webp":
        return len(data) >= int.from_bytes(data[4:8], "little") + 8
    position = 2
    while data[position : position + 1] == b"\xff":
        marker = data[position + 1]
        if marker == 0xDA:  # the scan begins; within it the end marker cannot occur by chance
            return data.find(b"\xff\xd9", position) > 0
        position += 2 + int.from_bytes(data[position + 2 : position + 4], "big") if marker != 0xFF else 1
        if position >= len(data):
            return False
    return False


def _get_exif(picture):
    try:
        return picture.getexif()
    except Exception:  # whatever a camera wrote wrongly: the photo still counts, without EXIF
        return Image.Exif()


def _make_thumbnail(picture):
    try:
        picture.draft("RGB", THUMBNAIL_SIZE)  # lets JPEG decode at an eighth of the size
        picture.load()
        small = picture.copy()
        small.thumbnail(THUMBNAIL_SIZE)
        small = ImageOps.exif_transpose(small)
        if small.mode in ("RGBA", "LA", "P"):
            small = small.convert("RGBA")
            background = Image.new("RGBA", small.size, "white")
            background.alpha_composite(small)
            small = background
        stream = io.BytesIO()
        small.convert("RGB").save(stream, "JPEG", quality=80)
    except Exception as error:
        raise DamagedFile from error
    return stream.getvalue()


def _read_heic(data):
    """Read the EXIF block of a HEIC file, which Pillow does not open, at the place where phones put it."""
    info = MediaInfo("image/heic", thumbnail=_make_heic_thumbnail(data))
    block = HEIC_EXIF.search(data)
    if block:
        exif = Image.Exif()
        try:
            exif.load(bytes(data[block.start() : block.start() + 65536]))
        except Exception:  # see _get_exif
            return info
        _read_exif(exif, info)
    return info


def _make_heic_thumbnail(data):
    if not pi_heif:
        return None
    try:
        picture = pi_heif.open_heif(data)
        width, height = picture.size
        return _make_thumbnail(picture.to_pillow()) if width * height <= MAX_PIXELS else None
    except Exception:  # a phone's variant that cannot be decoded: the original counts
        return None


def _read_exif(exif, info):
    try:
        details = exif.get_ifd(ExifTags.IFD.Exif)
        position = exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # see _get_exif
        return
    base = ExifTags.Base
    text = details.get(base.DateTimeOriginal) or details.get(base.DateTimeDigitized)
    text = text or exif.get(base.DateTime)
    offset = details.get(base.OffsetTimeOriginal) or details.get(base.OffsetTime)
    info.taken, info.taken_text = _parse_exif_time(text, offset)
    info.latitude, info.longitude = _parse_position(position)


def _parse_exif_time(text, offset=None):
    if not isinstance(text, str):
        return None, None
    text = text.strip("\x00 ")
    try:
        taken = datetime.strptime(text[:19], "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None, None
    if isinstance(offset, str) and (match := re.fullmatch(r"([+-])(\d\d):(\d\d)", offset.strip("\x00 "))):
        delta = timedelta(hours=int(match[2]), minutes=int(match[3]))
        taken = (taken - delta if match[1] == "+" else taken + delta).replace(tzinfo=UTC)
        return taken, f"{text[:19]} {match[0]}"
    return taken, text[:19]


def _parse_position(position):
    gps = ExifTags.GPS
    latitude = _parse_degrees(position.get(gps.GPSLatitude), position.get(gps.GPSLatitudeRef), "S")
    longitude = _parse_degrees(position.get(gps.GPSLongitude), position.get(gps.GPSLongitudeRef), "W")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return 0.0, 0.0
    return round(latitude, 7), round(longitude, 7)


def _parse_degrees(parts, reference, negative):
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
        value = degrees + minutes / 60 + seconds / 3600
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not math.isfinite(value):
        return None
    return -value if isinstance(reference, str) and reference.startswith(negative) else value


# ---- videos ---------------------------------------------------------------------------------------------


def _read_video(data, mimetype):
    info = MediaInfo(mimetype)
    boxes = dict(_iter_boxes(data, 0, len(data)))
    if b"moov" not in boxes:
        raise DamagedFile  # the index of the film is missing: the upload was cut off
    header = dict(_iter_boxes(data, *boxes[b"moov"])).get(b"mvhd")
    if header:
        info.taken = _parse_film_time(data[header[0] : header[0] + 12])
        info.taken_text = info.taken and info.taken.strftime("%Y:%m:%d %H:%M:%S +00:00")
    return info


def _iter_boxes(data, start, end):
    """Yield (kind, (start, end)) for each box between the two positions."""
    while start + 8 <= end:
        size, kind = struct.unpack(">I4s", data[start : start + 8])
        header = 8
        if size == 1:
            size = int.from_bytes(data[start + 8 : start + 16], "big")
            header = 16
        elif size == 0:
            size = end - start
        if size < header or start + size > end:
            if kind in (b"mdat", b"moov", b"moof"):
                raise DamagedFile  # cut off in the film itself
            return  # what some phones append behind it
        yield kind, (start + header, start + size)
        start += size


def _parse_film_time(header):
    seconds = int.from_bytes(header[4:12] if header[:1] == b"\x01" else header[4:8], "big")
    if not seconds:
        return None
    try:
        taken = QUICKTIME_EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return taken if taken.year >= 1990 else None
