from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OutsourcingTenderWay(models.Model):
    """How much past performance counts where nothing else is said."""

    _inherit = "outsourcing.tender.way"

    performance_points = fields.Float(
        "Points for Past Performance",
        default=5.0,
        digits=(16, 2),
        help="What an evaluation of 100 adds to the points of a bid where a panel decides; 0: nothing.",
    )
    performance_default = fields.Float(
        "Score without Evaluations",
        default=60.0,
        digits=(16, 2),
        help="Taken for a firm that was not evaluated in the service, so that new firms can compete.",
    )

    @api.constrains("performance_points", "performance_default")
    def _check_performance(self):
        for way in self:
            if not 0 <= way.performance_points <= 100 or not 0 <= way.performance_default <= 100:
                raise ValidationError(
                    self.env._(
                        "%s: past performance counts 0 to 100 points, by a score of 0 to 100.", way.name
                    )
                )
