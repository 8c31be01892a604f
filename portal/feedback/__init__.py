"""What readers say is wrong on a page, and the answer they get (잘못된 점 알리기).

Owns remarks (알림): the page, what is wrong on it, what it should say. A remark is never public;
its words and the reader's address are encrypted and erased after ``FEEDBACK_DAYS``. May import
moderation, accounts, notifications and core. Words: remark (알림), answer (답), hide (가림).
"""
