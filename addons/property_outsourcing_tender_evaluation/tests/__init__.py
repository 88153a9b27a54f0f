from . import test_grade_of_service
from . import test_past_performance
from . import test_gold_partner
