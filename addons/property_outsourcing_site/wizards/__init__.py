from . import outsourcing_evidence_upload
