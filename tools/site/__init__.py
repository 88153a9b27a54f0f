"""Builds the site of the documentation from the papers, the add-ons' readme fragments and the code."""
