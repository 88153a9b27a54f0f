from odoo.tests import tagged

from ..models.workflow.gate import close_gate, is_gate_open, open_gate, open_gate_as_user
from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestGate(OutsourcingCommon):
    """What opens is an object of module code; opened for a thousand documents it is still the same."""

    def test_gate_opened_again_is_the_same_environment(self):
        for open_again in (open_gate, open_gate_as_user):
            first, second = open_again(self.community), open_again(self.other_community)
            self.assertIs(first.env, second.env)

    def test_gate_opens_one_model(self):
        community = open_gate(self.community)
        self.assertTrue(is_gate_open(community))
        self.assertFalse(is_gate_open(community.area_id))
        self.assertFalse(is_gate_open(close_gate(community)))

    def test_key_of_a_client_opens_nothing(self):
        key = open_gate(self.community).env.context["outsourcing_gate"]
        for forged in ("outsourcing.community", True, {"model": "outsourcing.community"}, repr(key)):
            self.assertFalse(is_gate_open(self.community.with_context(outsourcing_gate=forged)))
