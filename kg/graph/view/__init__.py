"""Events as one interactive HTML page."""
