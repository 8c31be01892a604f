"""Flask-Security as the staff sign in by it: bound to our tables, pages, words and limits.

``extension`` binds it, ``store`` leads it to the tables, ``parts`` holds what it lets replace,
``forms`` and ``pages`` are its forms and views as ours, ``moments`` is what happens when it says
that somebody signed in or has another password.
"""
