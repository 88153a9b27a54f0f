from . import outsourcing_evaluation_run
