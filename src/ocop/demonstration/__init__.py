"""The demonstration province: Hà Nội with its real units and an invented register.

A plan is drawn from a fixed seed, purely; loading writes it in one action. No row of it is a fact
about a real producer: names carry "(mẫu)", evidence is level M, trade numbers begin with 952.
"""
