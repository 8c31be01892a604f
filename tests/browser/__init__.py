"""The site in a real browser; skipped with a word where there is no Chromium."""
