"""What the council publishes: news, newsletters, reports, broadcasts (소식과 발간물).

Owns publications (발간물) and their editions (판: 활자, 점자, 음성 …). May import budget and what
stands below it. Words: newsletter (소식지), report (보고서), press release (보도자료).
"""
