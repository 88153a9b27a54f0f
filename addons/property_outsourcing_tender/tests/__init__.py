from . import test_installed
