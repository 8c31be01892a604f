"""The blueprint of the staff's own pages."""

from flask import Blueprint

accounts = Blueprint("accounts", __name__, url_prefix="/staff")
