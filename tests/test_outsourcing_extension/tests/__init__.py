from . import test_contractor_blocker
