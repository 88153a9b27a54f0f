from . import test_comment_complaint
from . import test_comment_proposal
from . import test_many_comments
