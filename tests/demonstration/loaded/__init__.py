"""Tests that look at the demonstration province, loaded once for all of them.

The marks keep them in one worker: filling the province takes longer than all of its tests.
"""

import pytest

LOADED = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.xdist_group("demonstration"),
]
