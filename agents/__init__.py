"""What a company is and how it decides; knows no park.

`fields` declares the tables; `production`, `valuation`, `bargaining`, `trust` and `investment` hold
the formulas; `company`, `municipality` and `association` are the Mesa agents, live views of a row.
"""
