from . import outsourcing_variation_amendment
