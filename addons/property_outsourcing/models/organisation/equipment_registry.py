from odoo import fields, models


class MaintenanceEquipment(models.Model):
    """What the lists of special equipment and the authorities ask for."""

    _inherit = "maintenance.equipment"

    outsourcing_use_certificate = fields.Char(
        "Certificate of Use", copy=False, help="Number of the registration certificate of use."
    )
    outsourcing_date_inspection = fields.Date(
        "Next Inspection",
        copy=False,
        index="btree_not_null",
        help="Next periodic inspection by the authority's body or, in the years between, next own test.",
    )
    outsourcing_stops = fields.Char("Floors/Stops", help="For example 18/18.")
    outsourcing_load = fields.Integer("Rated Load (kg)")

    _outsourcing_load_positive = models.Constraint(
        "CHECK(outsourcing_load >= 0)", "The load cannot be negative."
    )


class OutsourcingCommunity(models.Model):
    """Who answers for elevator safety in the company that uses the elevators (市监总局令第74号)."""

    _inherit = "outsourcing.community"

    elevator_safety_director = fields.Char(help="As in the letter of appointment.")
    elevator_safety_officer = fields.Char(help="As in the letter of appointment.")
    elevator_rescue_phone = fields.Char("Emergency Phone", help="Answered around the clock.")
