from . import outsourcing_sign
from . import outsourcing_sign_file
