"""The blueprint of the staff's pages of applications."""

from flask import Blueprint

desk = Blueprint("applications", __name__, url_prefix="/staff/hearings/applications")
