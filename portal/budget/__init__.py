"""The budget (예산): what the council plans to spend, has committed and has spent.

Owns fiscal years (회계연도), budget lines (groups, programmes, projects 사업), their execution
(집행: committed 원인행위액, spent 지출액) at a date, the bridge from the original to the current
budget (예산현액), and revenue (세입). May import core, council
and calendar.
"""
