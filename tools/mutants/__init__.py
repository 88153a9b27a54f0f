"""bin/mutants: changes one rule at a time and looks whether a test notices."""
