from . import outsourcing_contractor_status
