"""Words and pure rules of bills and ordinances; no database, no application."""
