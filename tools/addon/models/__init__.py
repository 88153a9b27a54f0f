"""One model per file; what it extends, EXTENDING.md tells."""
