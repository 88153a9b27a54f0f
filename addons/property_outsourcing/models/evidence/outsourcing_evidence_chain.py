from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ..workflow.gate import is_gate_open, is_uninstalling
from .gate import open_evidence

GENESIS = "0" * 64  # what stands before the first link
SEAL_BATCH = 50
VERIFY_BATCH = 1_000
SHOWN_PROBLEMS = 5


class OutsourcingEvidenceChain(models.Model):
    _name = "outsourcing.evidence.chain"
    _description = "Chain of evidence"
    _inherit = ["outsourcing.batch.mixin"]
    _order = "id desc"

    name = fields.Char(readonly=True, required=True)
    res_model = fields.Char("Model", readonly=True, required=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True, required=True)
    company_id = fields.Many2one("res.company", readonly=True, required=True, index=True, ondelete="restrict")
    head_seq = fields.Integer("Links", readonly=True, help="How many files are sealed in this chain.")
    head_hash = fields.Char(
        "Head",
        readonly=True,
        help="Hash of the last link. Whoever keeps a copy of it can prove the whole chain.",
    )
    date_sealed = fields.Datetime("Last sealed", readonly=True)
    evidence_ids = fields.One2many("outsourcing.evidence", "chain_id", readonly=True)
    unsealed_count = fields.Integer("Not sealed yet", compute="_compute_unsealed_count")

    _res_uniq = models.Constraint("UNIQUE (res_model, res_id)", "A record has one chain of evidence.")

    @api.depends("evidence_ids.sealed")
    def _compute_unsealed_count(self):
        counts = dict(
            self.env["outsourcing.evidence"]._read_group(
                [("chain_id", "in", self.ids), ("sealed", "=", False)], ["chain_id"], ["__count"]
            )
        )
        for chain in self:
            chain.unsealed_count = counts.get(chain._origin, 0)

    # ---- gates ------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_gate()
        return super().create(vals_list)

    def write(self, vals):
        self._check_gate()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_uninstall(self):
        if not is_uninstalling(self.env):
            self._check_gate()

    def _check_gate(self):
        if not is_gate_open(self):
            raise AccessError(self.env._("A chain of evidence is kept by the system alone."))

    # ---- actions ----------------------------------------------------------------------------------------

    def action_verify(self):
        """Verify the chains and show what was found."""
        self.check_access("read")
        problems = self._verify()
        if problems:
            shown = problems[:SHOWN_PROBLEMS]
            if len(problems) > len(shown):
                shown.append(self.env._("… and %s more.", len(problems) - len(shown)))
            message = "\n".join(shown)
        else:
            # sudo: counts what was verified
            count = self.env["outsourcing.evidence"].sudo().search_count([("chain_id", "in", self.ids)])
            message = self.env._("%s files are as they were received.", count)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("The evidence was changed")
                if problems
                else self.env._("The evidence is intact"),
                "message": message,
                "type": "danger" if problems else "success",
                "sticky": bool(problems),
            },
        }

    def action_view_evidence(self):
        """Open the files of the chain."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "property_outsourcing.outsourcing_evidence_action"
        )
        return {**action, "domain": [("chain_id", "=", self.id)], "context": {}}

    def action_open_record(self):
        """Open the record the chain belongs to."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    def _get_owner(self):
        """Return the record whose evidence the chain holds, without the readers' limits."""
        self.ensure_one()
        return self.env[self.res_model].sudo().browse(self.res_id)  # for whoever keeps the chain

    def _get_event_document(self):
        return self._get_owner()

    def _get_responsible_candidates(self):
        owner = self._get_owner()
        users = super()._get_responsible_candidates()
        return users | owner._get_responsible_candidates() if owner.exists() else users

    # ---- sealing ----------------------------------------------------------------------------------------

    @api.model
    def _cron_seal(self):
        """Seal what no document has sealed yet."""
        # a chain that is just being sealed elsewhere is left to whoever does it
        unsealed = self.search([("evidence_ids.sealed", "=", False)], order="id")
        unsealed._run_in_batches("_seal", size=SEAL_BATCH)

    def _seal(self, documents=None):
        """Append the unsealed rows to their chains, in the order they arrived; return how many.

        Two transactions that seal one chain both update its head row: one of them gets a serialization
        failure and Odoo runs it again. The unique index on (chain, seq) stands behind that.

        :param documents: records that are just handed in: their small pictures no longer wait for an original
        """
        # sudo: nobody may write evidence; what is written here is computed from what is there
        evidence = self.env["outsourcing.evidence"].sudo()
        domain = Domain("chain_id", "in", self.ids) & Domain("sealed", "=", False)
        rows = evidence.search(domain & evidence._get_sealable_domain(documents), order="id")
        rows = rows._give_way_to_originals()
        for group_rows in rows.grouped(lambda row: row.company_id.root_id).values():
            group_rows._mark_duplicates()
        values = rows._get_link_values()
        for chain, chain_rows in rows.grouped("chain_id").items():
            chain._append(chain_rows, values)
        return len(rows)

    def _append(self, rows, values):
        """Seal ``rows``; ``values`` are those of ``outsourcing.evidence._get_link_values``."""
        self.ensure_one()
        seq, head = self.head_seq, self.head_hash or GENESIS
        for row in open_evidence(rows):
            seq += 1
            link = row._compute_link_hash(head, seq, values[row.id])
            row.write({"seq": seq, "prev_hash": head, "hash": link, "sealed": True})
            head = link
        open_evidence(self).write({"head_seq": seq, "head_hash": head, "date_sealed": fields.Datetime.now()})

    # ---- verification -----------------------------------------------------------------------------------

    def _verify(self):
        """Check every file and every link of ``self`` against the database and the file store.

        :return: a list of sentences, one per problem; empty if nothing was changed
        """
        self.env.flush_all()
        self.env.invalidate_all()
        chains = self.sudo()  # the caller was checked to read them; only sentences go out
        evidence = chains.env["outsourcing.evidence"]
        rows = evidence.search([("chain_id", "in", self.ids)], order="chain_id, seq, id")
        found = {chain: [] for chain in chains}
        ends = dict.fromkeys(chains, (0, GENESIS))
        for batch in split_every(VERIFY_BATCH, rows.ids, rows.browse):
            values = batch._get_link_values()
            for chain, links in batch.grouped("chain_id").items():
                problems, ends[chain] = chain._verify_links(links, values, *ends[chain])
                found[chain] += problems
            # any number of files is verified in the same memory
            batch.attachment_id.invalidate_recordset()
            batch.invalidate_recordset()
        for chain in chains:
            found[chain] += chain._verify_end(*ends[chain])
        return [problem for problems in found.values() for problem in problems]

    def _verify_links(self, rows, values, seq, head):
        """Verify ``rows``, which follow link ``seq`` with the hash ``head``.

        :param dict values: those of ``outsourcing.evidence._get_link_values``
        :return: (list of problems, (number and hash of the last link))
        """
        self.ensure_one()
        problems = []
        for row in rows:
            if reason := row._find_file_problem():
                problems.append(self._describe_problem(row, reason))
            if row.sealed:
                problems += self._verify_link(row, values[row.id], seq + 1, head)
                seq, head = row.seq, row.hash
        return problems, (seq, head)

    def _verify_end(self, seq, head):
        """Return what is wrong with the end of the chain, found at link ``seq`` with the hash ``head``."""
        if (seq, head) == (self.head_seq, self.head_hash or GENESIS):
            return []
        return [
            self.env._(
                "%(chain)s: it ends at link %(found)s; its head says link %(expected)s or another hash.",
                chain=self.name,
                found=seq,
                expected=self.head_seq,
            )
        ]

    def _verify_link(self, row, values, seq, head):
        """Return what is wrong with ``row``, expected as link ``seq`` after the hash ``head``."""
        problems = []
        if row.seq != seq:
            problems.append(
                self.env._(
                    "%(chain)s: link %(expected)s is missing, %(found)s follows.",
                    chain=self.name,
                    expected=seq,
                    found=row.seq,
                )
            )
        elif row.prev_hash != head:
            problems.append(self._describe_problem(row, self.env._("the link to the one before is broken")))
        if not row._is_link_intact(values):
            problems.append(self._describe_problem(row, self.env._("its record was changed")))
        return problems

    def _describe_problem(self, row, reason):
        return self.env._(
            "%(chain)s, link %(seq)s, %(file)s: %(reason)s.",
            chain=self.name,
            seq=row.seq or "-",
            file=row.name,
            reason=reason,
        )

    # ---- helpers ----------------------------------------------------------------------------------------

    @api.model
    def _get_or_create(self, owner, company):
        """Return the chain of ``owner`` in sudo.

        Two first uploads at the same moment: the one that comes second is run again by Odoo, because
        PostgreSQL reports a row it cannot see as a serialization failure.
        """
        domain = [("res_model", "=", owner._name), ("res_id", "=", owner.id)]
        chains = self.sudo()  # called by _add_evidence, which has checked who acts
        if chain := chains.search(domain):
            return chain
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(table)s (name, res_model, res_id, company_id, head_seq,
                                       create_uid, create_date, write_uid, write_date)
                     VALUES (%(name)s, %(res_model)s, %(res_id)s, %(company)s, 0,
                             %(uid)s, %(now)s, %(uid)s, %(now)s)
                ON CONFLICT (res_model, res_id) DO NOTHING
                """,
                table=SQL.identifier(self._table),
                # sudo: the chain is named after its owner
                name=owner.sudo().display_name or owner._description,
                res_model=owner._name,
                res_id=owner.id,
                company=company.id,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        return chains.search(domain)
