from . import outsourcing_sign
from . import outsourcing_sign_file
from . import outsourcing_score_paper
