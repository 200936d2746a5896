"""The text side: an article becomes reports. spaCy lives here only."""
