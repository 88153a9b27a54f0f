from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.property_outsourcing.tools import join_names

from ..signing.outsourcing_signature_mixin import LEVELS

# the witness attends these checks on site and signs then or afterwards
WITNESSED_STATES = ("property_check", "third_party_check")
# found anew in every round
ROUND_START = {
    "has_amount_property": False,
    "amount_property": 0.0,
    "is_concession": False,
    "concession_note": False,
}


class OutsourcingAcceptance(models.Model):
    """Levels: places to sign, in their order, by the parties they name."""

    _inherit = "outsourcing.acceptance"

    # ---- template to places -----------------------------------------------------------------------------

    def _get_levels(self):
        """Return the levels of this acceptance in their order."""
        self.ensure_one()
        wanted = {
            "self_check": self.template_id.sudo().has_self_check,  # general terms
            "property_check": True,
            "third_party_check": self.requires_third_party,
            "witness": self.requires_witness,
        }
        return [level for level, _label in LEVELS if wanted[level]]

    def _get_first_level(self):
        return self._get_levels()[0]

    def _transition_to(self, target):
        # a new round of signatures begins whenever the work is put forward
        starting = self.filtered(lambda a: a.method == "levels" and a.state in ("draft", "rework"))
        result = super()._transition_to(target)
        if target in ("self_check", "property_check"):
            starting.sudo()._start_round()  # the transition has checked the actor
        return result

    def _start_round(self):
        for number, acceptances in self.grouped("round").items():
            acceptances._gated().write({**ROUND_START, "round": number + 1})
        # sudo: the transition has checked the actor
        self.env["outsourcing.acceptance.stage"]._gated().create(
            [
                {
                    "acceptance_id": acceptance.id,
                    "round": acceptance.round,
                    "level": level,
                    "sequence": 10 * number,
                    "party_id": acceptance._get_firm_of(level).id,
                }
                for acceptance in self
                for number, level in enumerate(acceptance._get_levels(), start=1)
            ]
        )
        self.filtered("requires_witness")._invite_witness()

    # ---- places -----------------------------------------------------------------------------------------

    def _get_stages(self):
        return self.stage_ids.filtered(lambda stage: stage.round == stage.acceptance_id.round).sorted(
            "sequence"
        )

    def _get_due_stages(self):
        due = self.env["outsourcing.acceptance.stage"]
        for acceptance in self:
            open_stages = acceptance._get_stages().filtered(lambda stage: not stage.result)
            levels = {acceptance.state}
            if acceptance.state in WITNESSED_STATES:
                levels.add("witness")
            due |= open_stages.filtered(lambda stage, levels=levels: stage.level in levels)
        return due

    def _get_due_level_sql(self, level, alias):
        states = WITNESSED_STATES if level == "witness" else (level,)
        stages = self.env["outsourcing.acceptance.stage"]
        return SQL(
            "%(state)s IN %(states)s AND EXISTS (SELECT FROM %(stages)s s WHERE s.acceptance_id = %(id)s "
            "AND %(round)s = s.round AND %(result)s IS NULL AND s.level = %(level)s)",
            state=self._field_to_sql(alias, "state"), states=states, stages=SQL.identifier(stages._table),
            id=SQL.identifier(alias, "id"), round=self._field_to_sql(alias, "round"),
            result=stages._field_to_sql("s", "result"), level=level,
        )  # fmt: skip

    def _get_waiting_for(self):
        self.ensure_one()
        if self.state == "to_confirm":
            return self.contractor_id.display_name
        if self.state == "disputed":
            return self.company_id.name
        if self.state == "rework":
            return self.contractor_id.display_name
        # sudo: labels of the levels only
        return (
            join_names(self.env, [stage._get_level_label() for stage in self.sudo()._get_due_stages()])
            or False
        )

    def _check_signature(self, stage, result, amount):
        super()._check_signature(stage, result, amount)
        if amount is not None:
            self._check_signed_amount(stage)
        if result != "pass":
            return
        if stage.level == "self_check":
            failed = self.line_ids.filtered(
                lambda line: line.item_class == "main" and line.self_result == "fail"
            )
            if failed:
                raise UserError(
                    self.env._(
                        "Main items fail (%s): repair them before applying.",
                        join_names(self.env, failed.mapped("code")),
                    )
                )
        elif stage.level == "property_check":
            self._raise_blockers()

    def _check_signed_amount(self, stage):
        if stage.level not in ("self_check", "property_check"):
            raise AccessError(
                self.env._(
                    "The amount is between the contractor and the property company; you sign the quality."
                )
            )

    def _apply_amount(self, stage, amount):
        if amount is None or stage.result != "pass":
            return
        if stage.level == "self_check":
            self._gated().write({"amount_claimed": amount})
        else:
            self._gated().write({"amount_property": amount, "has_amount_property": True})

    def _after_signature(self, stage):
        super()._after_signature(stage)
        self._record_level_facts(stage)
        if stage.result == "fail":
            self._as_system()._transition_to("rework")
        else:
            self._advance()

    def _advance(self):
        """Go on to the next place that waits, or accept when all have signed."""
        for state, acceptances in self.grouped(lambda acceptance: acceptance._get_next_state()).items():
            if state:
                acceptances._as_system()._transition_to(state)

    def _get_next_state(self):
        """Return the state the signatures so far lead to, False where it is the present one."""
        waiting = self._get_stages().filtered(lambda stage: not stage._is_passed())
        checks = waiting.filtered(lambda stage: stage.level != "witness")
        if checks:
            return checks[0].level != self.state and checks[0].level
        return not waiting and "accepted"

    def _check_all_signed(self):
        for acceptance in self:
            waiting = acceptance._get_stages().filtered(lambda stage: not stage._is_passed())
            if waiting or not acceptance._get_stages():
                raise UserError(
                    self.env._(
                        "%(record)s still waits for: %(levels)s.",
                        record=acceptance.display_name,
                        levels=join_names(self.env, [stage._get_level_label() for stage in waiting]),
                    )
                )
            acceptance._raise_blockers()

    def _get_blockers(self):
        """Return the messages that keep the work from being accepted. Hook: siblings append theirs."""
        self.ensure_one()
        # sudo: a verdict counts records of siblings its reader may not open
        return self._get_line_blockers() + self.sudo().milestone_id._get_concealed_blockers()

    def _raise_blockers(self):
        self.ensure_one()
        blockers = self._get_blockers()
        if blockers:
            raise UserError(
                self.env._(
                    "%(record)s cannot be accepted:\n%(reasons)s",
                    record=self.display_name,
                    reasons="\n".join(f"- {reason}" for reason in blockers),
                )
            )

    def _record_level_facts(self, stages):
        self.env["outsourcing.fact"]._record([stage._prepare_fact_vals() for stage in stages])

    def _after_transition(self, target):
        super()._after_transition(target)
        if target in ("accepted", "rework", "rejected"):
            self._record_verdicts()

    def _record_verdicts(self):
        """Bring in line with the acceptances ``self`` whether they passed the first time, once for each.

        ``acceptance_counted``: somebody's verdict on the work is known. ``acceptance_first_pass``: it was
        accepted in its first round, and not on terms. Taken back later, it did not pass the first time.
        """
        told = {}
        for acceptance in self.filtered(lambda a: a.method == "levels"):
            judged = acceptance.round and acceptance.state in ("accepted", "rework", "rejected")
            passed = acceptance.state == "accepted" and acceptance.round == 1
            passed = passed and not acceptance.is_concession
            told |= acceptance._tell("acceptance_counted", judged)
            told |= acceptance._tell("acceptance_first_pass", passed)
        if told:
            reason = self.env._("The acceptance was taken back.")
            self.env["outsourcing.fact"]._keep_true(told, reason)

    def _tell(self, fact_type, is_true):
        fact = {
            "fact_type": fact_type,
            "contract": self.contract_id,
            "source": self,
            "community": self.community_id,
            "milestone": self.milestone_id,
        }
        return {f"{fact_type}:{self._name}:{self.id}": fact if is_true else None}

    # ---- concession -------------------------------------------------------------------------------------

    def _set_concession(self, note):
        """Accept general shortcomings on terms (让步接收); a failed main item is never conceded.

        :param str note: the terms, such as a reduced amount or a later repair
        """
        self.ensure_one()
        self._require_group("property_outsourcing.group_outsourcing_manager")
        self.check_access("write")
        if not (note or "").strip():
            raise UserError(self.env._("Write the terms of the concession."))
        if self.state != "property_check":
            raise UserError(self.env._("A concession is decided at the property company's check."))
        self._gated().write({"is_concession": True, "concession_note": note.strip()})
