from datetime import timedelta

from odoo import fields, models

ALARM = "-PT2H"


def escape(text):
    """Return ``text`` as a value of a calendar file (RFC 5545, 3.3.11)."""
    text = str(text or "").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def fold(line):
    """Return ``line`` in pieces of at most 75 octets, none within a character (RFC 5545, 3.1)."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > 74:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece])


def stamp(moment):
    """Return a moment as calendars write it."""
    return moment.strftime("%Y%m%dT%H%M%SZ")


class OutsourcingSigningMixin(models.AbstractModel):
    """The appointment on site as a calendar file: the same entry again where time or place has changed."""

    _inherit = "outsourcing.signing.mixin"

    def _get_appointment(self):
        """Return (begin, end) in UTC of the meeting on site, () where there is none (any more). Hook."""
        return ()

    def _render_calendar_file(self, url):
        """Return the calendar file of the appointment, as bytes.

        An appointment that is gone is sent as cancelled, under the same UID: the phone takes it out. The
        caller has checked who reads the document.

        :param str url: address of the document's page
        """
        self.ensure_one()
        document = self.sudo()  # time and place, which the page shows
        times = document._get_appointment()
        begin, end = times or (fields.Datetime.now(), fields.Datetime.now() + timedelta(hours=1))
        secret = document.env["ir.config_parameter"].get_param("database.uuid")
        place = " ".join(filter(None, (document.community_id.name, document.community_id.address)))
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//property_outsourcing//portal//ZH",
            f"METHOD:{'PUBLISH' if times else 'CANCEL'}",
            "BEGIN:VEVENT",
            f"UID:{document._name}-{document.id}@{secret}",
            # whoever changes the document moves the number on: the later file wins
            f"SEQUENCE:{int(document.write_date.timestamp()) - 1_700_000_000}",
            f"DTSTAMP:{stamp(fields.Datetime.now())}",
            f"DTSTART:{stamp(begin)}",
            f"DTEND:{stamp(end)}",
            f"SUMMARY:{escape(document._get_share_words())}",
            f"LOCATION:{escape(place)}",
            f"DESCRIPTION:{escape(url)}",
            f"URL:{url}",
            f"STATUS:{'CONFIRMED' if times else 'CANCELLED'}",
        ]
        if times:
            alarm = escape(document._get_share_words())
            lines += [
                "BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{ALARM}", f"DESCRIPTION:{alarm}", "END:VALARM",
            ]  # fmt: skip
        lines += ["END:VEVENT", "END:VCALENDAR", ""]
        return b"\r\n".join(fold(line) for line in lines)
