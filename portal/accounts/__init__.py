"""The staff: who they are and what they may do (직원, 권한).

Owns staff accounts (직원 계정), roles (역할) and permissions (권한), and sign-in with a second
factor (로그인, 2단계 인증). May import audit, notifications and core.
"""
