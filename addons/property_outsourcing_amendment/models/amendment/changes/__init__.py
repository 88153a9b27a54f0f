"""The kinds of changes that an amendment can make, a class each."""
