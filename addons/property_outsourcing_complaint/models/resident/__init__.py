"""What residents do on their page without a login: the code on site is all that speaks. Uses all rooms."""

from . import outsourcing_complaint_code
from . import code_page
from . import outsourcing_location
from . import outsourcing_complaint_form
from . import outsourcing_complaint_photo
from . import complaint_link
from . import complaint_page
from . import complaint_known
from . import complaint_mine
from . import ir_http
