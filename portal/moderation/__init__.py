"""What is public and what is not yet: draft, in review, published, withdrawn (검토와 공개).

Owns the states of publishable rows. May import accounts, notifications and core. Words: publish
(공개), withdraw (내림), draft (초안), review (검토).
"""
