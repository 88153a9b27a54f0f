from . import invitation
from . import document
from . import shell
from . import people
from . import outbox
from . import scan
from . import notice
from . import rating
