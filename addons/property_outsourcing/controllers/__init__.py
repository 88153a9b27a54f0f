from . import evidence, export, metrics
