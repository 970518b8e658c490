"""In the place of Apache Tika: it greets, and takes any document for its text."""
