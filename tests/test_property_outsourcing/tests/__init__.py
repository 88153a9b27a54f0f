from . import test_story_service
from . import test_story_works
from . import test_tours
