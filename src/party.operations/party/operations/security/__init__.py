"""Who watches over secrets (cơ yếu, kiểm toán): clearances, who may see what and why, the audit.

Site administrators have no part in it. Everything here stands in the internal zone only, in a process that has the keys.
"""
