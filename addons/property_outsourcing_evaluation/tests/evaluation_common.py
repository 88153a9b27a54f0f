from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import freeze_time
from odoo.tools import date_utils

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon

EVALUATION = "property_outsourcing_evaluation"


class EvaluationFactory:
    """A quarter that has ended and a scorecard of two criteria, for ``OutsourcingCommon``."""

    @classmethod
    def _set_up_quarter(cls):
        today = fields.Date.today()
        cls.quarter = date_utils.start_of(today, "quarter") - relativedelta(months=3)
        cls.quarter_end = date_utils.end_of(cls.quarter, "quarter")
        cls.scorecard = cls.env.ref(f"{EVALUATION}.scorecard_elevator")
        cls.scorecard.criterion_ids.unlink()
        cls.scorecard.write(
            {
                "criterion_ids": [
                    cls._prepare_rate("On time", 60, "order_done", "order_limited"),
                    Command.create(
                        {"name": "On site", "weight": 40, "method": "judged", "judge": "supervisor"}
                    ),
                ]
            }
        )

    @classmethod
    def _prepare_rate(cls, name, weight, fact_type, denominator, min_sample=3, **vals):
        bands = [(0, 0), (80, 60), (90, 100)]
        return Command.create(
            {
                "name": name,
                "weight": weight,
                "measure": "rate",
                "fact_type": fact_type,
                "denominator_type": denominator,
                "min_sample": min_sample,
                "band_ids": [Command.create({"value_from": v, "points": p}) for v, p in bands],
                **vals,
            }
        )

    @classmethod
    def _record(cls, fact_type, count=1, contract=None, day=None, **vals):
        """Record ``count`` facts, in the middle of the quarter unless another ``day`` is given."""
        contract = contract or cls.contract
        day = day or cls.quarter + timedelta(days=40)
        cls.serial = getattr(cls, "serial", 0)
        rows = []
        for _number in range(count):
            cls.serial += 1
            key = f"{fact_type}:test:{cls.serial}"
            rows.append(
                {"fact_type": fact_type, "source": contract, "contract": contract, "date": day, "key": key}
            )
        return cls.env["outsourcing.fact"]._record([{**row, **vals} for row in rows])

    @classmethod
    def _record_orders(cls, done, limited, **vals):
        return cls._record("order_done", done, **vals) | cls._record("order_limited", limited, **vals)

    @classmethod
    def _run(cls, user=None, date=None):
        """Evaluate the quarter through the dialogue; return its evaluations."""
        wizard = cls.env["outsourcing.evaluation.run"].with_user(user or cls.user_manager)
        wizard = wizard.create({"date": date or cls.quarter, "company_id": cls.company.id})
        action = wizard.action_run()
        return wizard.env["outsourcing.evaluation"].search(action["domain"])

    @classmethod
    def _draft(cls, done=8, limited=10):
        """Return a draft whose automatic criterion is rated."""
        cls._record_orders(done, limited)
        return cls._run()

    @classmethod
    def _judge(cls, evaluation, points=80.0, note="Signs missing twice"):
        line = evaluation.line_ids.filtered(lambda line: line.method == "judged")
        line.with_user(cls.user_supervisor).write({"points": points, "note": note})
        return line

    @classmethod
    def _publish(cls, **vals):
        evaluation = cls._draft(**vals)
        cls._judge(evaluation)
        evaluation.with_user(cls.user_manager).action_publish()
        return evaluation

    @classmethod
    def _finish(cls, evaluation):
        """Let the days to appeal pass."""
        with freeze_time(fields.Datetime.now() + timedelta(days=30)):
            evaluation.env["outsourcing.evaluation"].sudo()._cron_close_previews()
        return evaluation


class EvaluationCommon(EvaluationFactory, OutsourcingCommon):
    """A contract that ran in the quarter before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_quarter()
        cls.contract = cls._create_active_contract()
