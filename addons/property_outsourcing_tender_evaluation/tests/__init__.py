from . import test_past_performance
