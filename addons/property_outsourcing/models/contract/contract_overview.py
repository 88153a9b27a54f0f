from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import RUNNING_STATES
from ..workflow.trade_time import trade_today


class OutsourcingContract(models.Model):
    """The contract at a glance: what comes next, what is late, what expires. Set-based, for the kanban."""

    _inherit = "outsourcing.contract"

    next_milestone_id = fields.Many2one(
        "outsourcing.contract.milestone",
        "Next Payment Row",
        compute="_compute_next_milestone",
        store=True,
        index="btree_not_null",
    )
    next_milestone_name = fields.Char(compute="_compute_next_milestone", store=True)
    date_next_milestone = fields.Date("Next Row due", compute="_compute_next_milestone", store=True)
    next_milestone_amount = fields.Monetary(compute="_compute_next_milestone", store=True)
    is_milestone_late = fields.Boolean(
        "Row Late", compute="_compute_is_milestone_late", search="_search_is_milestone_late"
    )
    document_alert_count = fields.Integer(
        "Documents to Renew",
        compute="_compute_document_alert_count",
        help="Required documents of the contractor that are expiring or have expired.",
    )
    attachment_count = fields.Integer("Files", compute="_compute_attachment_count")

    @api.depends(
        "milestone_ids.name",
        "milestone_ids.kind",
        "milestone_ids.sequence",
        "milestone_ids.amount",
        "milestone_ids.date_due",
        "milestone_ids.date_accepted",
        "milestone_ids.date_closed",
        "milestone_ids.active",
    )
    def _compute_next_milestone(self):
        rows = self._get_next_milestones()
        for contract in self:
            row = rows.get(contract._origin.id, self.env["outsourcing.contract.milestone"])
            contract.next_milestone_id = row
            contract.next_milestone_name = row.name
            contract.date_next_milestone = row.date_due
            contract.next_milestone_amount = row.amount

    @api.depends("date_next_milestone")
    def _compute_is_milestone_late(self):
        today = trade_today(self)
        late = self.filtered(
            lambda contract: contract.date_next_milestone and contract.date_next_milestone < today
        )
        late.is_milestone_late = True
        (self - late).is_milestone_late = False

    def _get_next_milestones(self):
        """Return a dict contract id -> its first payment row that is neither accepted nor closed."""
        Milestone = self.env["outsourcing.contract.milestone"]
        waiting = Domain("contract_id", "in", self._origin.ids) & self._get_waiting_rows_domain()
        firsts = Milestone._read_group(waiting, ["contract_id"], ["date_due:min"])
        dates = {date for _contract, date in firsts if date}
        latest_first = "date_due desc, sequence desc, id desc"
        rows = Milestone.search(waiting & Domain("date_due", "in", dates), order=latest_first)
        return {row.contract_id.id: row for row in rows}  # the earliest comes last and stays

    @api.model
    def _get_waiting_rows_domain(self):
        return (
            Domain("date_accepted", "=", False)
            & Domain("date_closed", "=", False)
            & Domain("kind", "!=", "advance")
        )

    def _search_is_milestone_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = trade_today(self)
        late = self._get_waiting_rows_domain() & Domain("date_due", "<", today)
        running = Domain("state", "in", RUNNING_STATES)
        return running & Domain("milestone_ids", "any", late)

    @api.depends("required_document_type_ids", "contractor_id")
    def _compute_document_alert_count(self):
        counts = self._count_alerting_documents()
        for count, contracts in self.grouped(lambda contract: counts.get(contract._origin.id, 0)).items():
            contracts.document_alert_count = count

    def _count_alerting_documents(self):
        """Return a dict contract id -> required documents that are expiring or have expired, in one query."""
        Document = self.env["outsourcing.document"]
        if not self.ids or not Document.has_access("read"):
            return {}
        self.flush_recordset(["contractor_id", "required_document_type_ids"])
        query = Document._search(self._get_alerting_domain(), order="id")
        contract = query.join(query.table, "partner_id", self._table, "contractor_id", "contract")
        needed = self._fields["required_document_type_ids"]
        required = query.join(contract, "id", needed.relation, needed.column1, "required")
        query.add_where(
            SQL(
                "%s IN %s AND %s = %s AND (%s IS NULL OR %s = %s)",
                SQL.identifier(contract, "id"),
                tuple(self.ids),
                SQL.identifier(required, needed.column2),
                SQL.identifier(query.table, "type_id"),
                SQL.identifier(query.table, "contract_id"),
                SQL.identifier(query.table, "contract_id"),
                SQL.identifier(contract, "id"),
            )
        )
        query.order, query.groupby = None, SQL.identifier(contract, "id")
        return dict(self.env.execute_query(query.select(SQL.identifier(contract, "id"), SQL("COUNT(*)"))))

    def _get_alerting_domain(self):
        """Return the domain of the contractors' documents that are expiring or expired, not renewed yet."""
        return [
            ("partner_id", "in", self.contractor_id.ids),
            ("state", "in", ("expiring", "expired")),
            ("is_superseded", "=", False),
        ]

    def _compute_attachment_count(self):
        counts = dict(
            self.env["ir.attachment"]._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id"], ["__count"]
            )
        )
        for contract in self:
            contract.attachment_count = counts.get(contract._origin.id, 0)

    # ---- actions ----------------------------------------------------------------------------------------

    def action_view_document_alerts(self):
        """Open the contractor's documents that are expiring or have expired."""
        action = self.action_view_documents()
        return {**action, "domain": self._get_alerting_domain()}

    def action_view_attachments(self):
        """Open drawings, schemes and other files of the contract."""
        self.ensure_one()
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Files"),
            "res_model": "ir.attachment",
            "view_mode": "kanban,list,form",
            "domain": domain,
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }
