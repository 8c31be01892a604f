"""Places that can run out: seats of a hearing, dates of a class (자리, 대기, 차례).

Owns pools of places and the claims of parties on them: take under a lock, hold until a letter is
opened, wait in line, offer, lapse. Knows no names and writes no letters: who owns a pool is told
which offers were made. May import core only.
"""
