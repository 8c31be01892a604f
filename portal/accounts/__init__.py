"""The staff: who they are, what they may do, and what they did (직원, 권한, 감사 기록).

Owns staff accounts (직원 계정), roles (역할) and permissions (권한), sign-in with a second factor
(로그인, 2단계 인증), and the audit trail (감사 기록). May import notifications and core.
"""
