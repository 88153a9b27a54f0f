from odoo.http import Controller, content_disposition, request, route

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OutsourcingEvaluationExport(Controller):
    @route("/outsourcing/evaluations/xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def evaluations_xlsx(self, ids="", **kwargs):
        """Send a workbook of the evaluations the user may read out of ``ids``, else "not found"."""
        chosen = {
            int(part) for part in ids.split(",") if part.isascii() and part.isdigit() and len(part) < 10
        }
        evaluations = request.env["outsourcing.evaluation"]
        if request.env.user.share or not evaluations.has_access("read"):
            raise request.not_found()
        found = evaluations.search([("id", "in", list(chosen))])  # by the user's own rules
        if not found:
            raise request.not_found()
        headers = [
            ("Content-Type", XLSX_TYPE),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Disposition", content_disposition(f"{request.env._('Evaluations')}.xlsx")),
        ]
        return request.make_response(found._render_xlsx(), headers=headers)
