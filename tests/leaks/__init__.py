"""The leak battery: plants marked documents, asks for them as everybody who must not see them, and looks for the marks.

It runs against a site of its own (``test_leaks.py``) and against one that is running (``make leaks``); see docs/leaks.md.
"""
