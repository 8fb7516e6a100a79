"""Merger and reorganisation (sáp nhập, hợp nhất): a plan that is checked, previewed, applied step by step, and undone.

``tables``   the plan and its steps
``plan``     a plan as a whole, with the units it closes and moves
``names``    units by their names in decisions and tables
``sheet``    a plan from a XLSX or CSV file
``check``    every problem of a plan, a sentence each
``preview``  what will be made, closed and moved, and who gains what by what
``steps``    a plan as steps, each done in one turn
``apply``    doing one step, and the job of the worker
``undo``     taking back what was prepared, before the date

What takes effect on a date is written ahead with that date: codes, symbols, posts, successions and closing days. Nothing
needs to happen at midnight but what has no date: units below are moved, and logins change. No document is written: people
of the successor see what they must through their principal set.
"""
