from . import outsourcing_workflow_mixin
