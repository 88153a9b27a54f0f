from . import test_one_fapiao
