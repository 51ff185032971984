"""Tests that look at the demonstration province, loaded once for all of them.

tests/conftest.py hands them to one worker: filling the province takes longer than all of its tests.
The browser tests fill it as well, so a fault in filling it is found before the whole run.
"""

import pytest

LOADED = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration"), pytest.mark.whole]
