from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate

from .jobs_orders import OrderJobs


class QualityJobs(OrderJobs):
    """Complaints, evaluations, surveys, awards and cards."""

    @classmethod
    def _make_complaints(cls, count, **vals):
        contracts = cls._make_contracts(count)
        complaints = cls.env["outsourcing.complaint"].create(
            [
                {
                    "description": f"Complaint {number}",
                    "community_id": contract.community_id.id,
                    "reporter_ids": [Command.create({"name": "Ms Wang", "phone": "13912345678"})],
                }
                for number, contract in enumerate(contracts)
            ]
        )
        for complaint, contract in zip(complaints, contracts, strict=True):
            open_gate(complaint).write({**vals, "contract_id": contract.id})
        return complaints

    @classmethod
    def _make_silent_complaints(cls, count):
        past = fields.Datetime.now() - timedelta(days=1)
        return cls._make_complaints(count, state="done", date_done=past, date_silence_due=past)

    @classmethod
    def _make_old_complaints(cls, count):
        past = fields.Datetime.now() - timedelta(days=800)
        return cls._make_complaints(count, state="closed", date_closed=past)

    @classmethod
    def _make_undrawn_months(cls, count):
        past = fields.Datetime.now() - timedelta(days=40)
        complaints = cls._make_complaints(count, state="confirmed", date_confirmed=past, confirmed_by="desk")
        return open_gate(cls.env["outsourcing.complaint.draw"]).create(
            [
                {"community_id": complaint.community_id.id, "month": past.date().replace(day=1), "rate": 10}
                for complaint in complaints
            ]
        )

    @classmethod
    def _make_worked_quarters(cls, count):
        """Return firms with a fact in the quarter before this one."""
        contracts = cls._make_contracts(count)
        day = cls.env["outsourcing.evaluation"]._get_last_quarter(cls.company)
        cls.env["outsourcing.fact"]._record(
            [
                {"fact_type": "order_limited", "source": contract, "contract": contract, "date": day}
                for contract in contracts
            ]
        )
        return contracts.contractor_id

    @classmethod
    def _make_silent_previews(cls, count):
        """Return previews whose days to appeal are over."""
        firms, evaluations = cls._make_worked_quarters(count), cls.env["outsourcing.evaluation"]
        previews = evaluations._draw_up(cls.company, evaluations._get_last_quarter(cls.company), firms)
        day = fields.Datetime.now() - timedelta(days=40)
        open_gate(previews).write({"state": "preview", "date_preview": day})
        return previews

    @classmethod
    def _make_ended_surveys(cls, count):
        """Return running satisfaction surveys whose last day has passed."""
        gardens = cls.env["outsourcing.community"].create([{"name": f"Asked {n}"} for n in range(count)])
        rows = [{"name": "101", "kind": "room", "community_id": garden.id} for garden in gardens]
        cls.env["outsourcing.location"].create(rows)
        rounds = cls.env["outsourcing.survey.round"]
        surveys = rounds.create([{"community_id": garden.id} for garden in gardens])
        surveys._issue_ballots()
        day = cls.today - timedelta(days=1)
        open_gate(surveys).write({"state": "running", "date_from": day, "date_to": day})
        return surveys

    @classmethod
    def _make_best_firms(cls, count):
        """Return firms with two quarters of the best grade in the last year."""
        contracts, year = cls._make_contracts(count), cls.today.year - 1
        evaluations = open_gate(cls.env["outsourcing.evaluation"]).create(
            [
                {
                    "company_id": cls.company.id,
                    "contractor_id": contract.contractor_id.id,
                    "service_type_id": contract.service_type_id.id,
                    "scorecard_id": cls.env.ref("property_outsourcing_evaluation.scorecard_elevator").id,
                    "date_from": f"{year}-{month:02}-01",
                    "date_to": f"{year}-{month + 2:02}-28",
                    "line_ids": [Command.create(cls._prepare_best_line())],
                    "state": "final",
                }
                for contract in contracts
                for month in (1, 4)
            ]
        )
        return evaluations.contractor_id

    @classmethod
    def _prepare_best_line(cls):
        return {"name": "All", "weight": 100.0, "method": "judged", "status": "rated", "points": 96.0}

    @classmethod
    def _make_failing_firms(cls, count):
        """Return firms that failed at two acceptances in a row."""
        contracts = cls._make_contracts(count)
        cls.env["outsourcing.fact"]._record(
            [
                {
                    "fact_type": "level_failed",
                    "source": contract,
                    "contract": contract,
                    "key": f"failed:{contract.id}:{number}",
                }
                for contract in contracts
                for number in range(2)
            ]
        )
        return contracts.contractor_id

    @classmethod
    def _make_ended_cards(cls, count):
        """Return red cards whose term is over."""
        cards = cls.env["outsourcing.card"]._propose(cls._make_failing_firms(count))
        vals = {"state": "issued", "color": "red", "date_issued": fields.Datetime.now()}
        open_gate(cards).write({**vals, "date_until": cls.today - timedelta(days=1)})
        return cards
