"""Run migrations within the application's context, in batch mode on both databases."""

from alembic import context
from flask import current_app

extension = current_app.extensions["migrate"]
database = extension.db


def run() -> None:
    """Run the migrations on the application's database."""
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            **extension.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
