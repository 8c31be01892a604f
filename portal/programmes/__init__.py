"""Work programmes (주요업무): what the secretariat set out to do, and what came of it.

Owns chapters (장), programmes (사업), targets (추진목표) with results (추진실적), plans and
milestones (추진일정). May import core, council, calendar and budget.
"""
