"""The statutory rules, in plain Python: no Django, no clock, no database.

Every function here is pure: facts and a date in, an ``Answer`` out. Statutory tables are dated YAML editions under
``data/``; an edition is never edited once in force.
"""
