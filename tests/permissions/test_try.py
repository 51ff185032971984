import pytest
pytestmark = pytest.mark.django_db
def test_x(world):
    print(world.own.item.code)
