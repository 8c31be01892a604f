"""The blueprint of the public pages of hearings."""

from flask import Blueprint

hearings = Blueprint("hearings", __name__)
