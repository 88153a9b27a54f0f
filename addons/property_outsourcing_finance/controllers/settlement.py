from odoo.http import Controller, content_disposition, request, route

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OutsourcingSettlementController(Controller):
    @route(
        "/outsourcing/settlement/<int:settlement_id>/xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def settlement_xlsx(self, settlement_id):
        """Send the statement of a settlement the user may read, else "not found"."""
        settlement = request.env["outsourcing.settlement"].browse(settlement_id).exists()
        if not settlement or not settlement.has_access("read"):
            raise request.not_found()
        content = settlement._render_xlsx()
        headers = [
            ("Content-Type", XLSX_TYPE),
            ("Content-Length", len(content)),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Disposition", content_disposition(f"{settlement._get_file_name()}.xlsx")),
        ]
        return request.make_response(content, headers=headers)
