"""Logins and codes as phones, scanners and Chinese keyboards send them, brought into one form."""

import re
import unicodedata

DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63", "-"))
PHONE = re.compile(r"\+?\d{6,15}")
CHINESE_MOBILE = re.compile(r"(?:\+|00)?86(1\d{10})")


def narrow(value):
    """Return text with full-width signs made narrow and invisible ones left out, stripped."""
    text = unicodedata.normalize("NFKC", str(value or "")).translate(DASHES)
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip()


def normalise_login(login):
    """Return a mobile number as it is kept: digits without spaces, dashes, brackets and China's 86.

    Whatever is no number, an e-mail address for example, stays as it was typed.
    """
    text = re.sub(r"[\s().-]", "", narrow(login))
    if not PHONE.fullmatch(text):
        return login
    chinese = CHINESE_MOBILE.fullmatch(text)
    return chinese[1] if chinese else text


def normalise_code(code):
    """Return the text of a label or scanned code as it is kept: narrow, without spaces, in capitals."""
    return re.sub(r"[\s\x00-\x1f]", "", narrow(code)).upper() or False
