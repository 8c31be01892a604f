"""Forms of hearings: their shape and wording; no database."""
