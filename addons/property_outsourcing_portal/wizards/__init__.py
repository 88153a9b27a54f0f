from . import outsourcing_message_wizard
