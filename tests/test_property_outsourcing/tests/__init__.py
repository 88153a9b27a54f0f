from . import test_story_repairs, test_story_service, test_story_works, test_tours
