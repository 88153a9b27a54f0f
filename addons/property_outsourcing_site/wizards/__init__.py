from . import outsourcing_site_upload
from . import outsourcing_site_upload_file
