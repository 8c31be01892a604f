"""Pages of remarks: the reader's form and its receipt; the staff's list and desk."""

from portal.feedback.views import readers, staff

blueprints = (readers.feedback, staff.desk)
