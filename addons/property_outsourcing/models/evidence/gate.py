"""The only key to evidence: an object compared by identity, which no RPC client can send."""

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

EVIDENCE_MODEL = "outsourcing.evidence"
GATE_KEY = "outsourcing_evidence_gate"
GATE = object()


def is_gate_open(env):
    """Return whether the code of this folder is at work."""
    return env.context.get(GATE_KEY) is GATE


def open_gate(records):
    """Return ``records`` in sudo with the gate open. For this folder only, after the actor was checked."""
    # image_no_postprocess: Odoo would shrink photos and drop their EXIF
    return records.sudo().with_context(**{GATE_KEY: GATE, "image_no_postprocess": True})


def is_uninstalling(env):
    """Return whether the module is really being removed: a client sends the flag, not an unready registry."""
    return bool(env.context.get(MODULE_UNINSTALL_FLAG)) and not env.registry.ready
