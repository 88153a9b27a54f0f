from odoo.http import Controller, content_disposition, request, route

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OutsourcingTenderWorkbook(Controller):
    @route(
        "/outsourcing/tender/<int:tender_id>/xlsx", type="http", auth="user", methods=["GET"], readonly=True
    )
    def tender_xlsx(self, tender_id):
        """Send the comparison of a tender the user may read, else "not found"."""
        tender = request.env["outsourcing.tender"].browse(tender_id).exists()
        if request.env.user.share or not tender or not tender.has_access("read"):
            raise request.not_found()
        content = tender._render_xlsx()
        headers = [
            ("Content-Type", XLSX_TYPE),
            ("Content-Length", len(content)),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Disposition", content_disposition(f"{tender._get_file_name()}.xlsx")),
        ]
        return request.make_response(content, headers=headers)
