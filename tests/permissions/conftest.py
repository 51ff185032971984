"""The world of the permission matrix, built once for a file of tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

from ocop.core import language
from tests.permissions import world as worlds
from tests.permissions.world import World


@pytest.fixture(autouse=True)
def _test_settings() -> None:
    """The world sets them for all the tests that look at it."""


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Two of everything and everybody, gone again after the file."""
    told = override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("files"),
        OCOP_KEYS_DIR=tmp_path_factory.mktemp("keys"),
        OCOP_PUBLIC_REGISTER_DIR=tmp_path_factory.mktemp("register"),
        STATIC_ROOT=Path(os.environ["OCOP_DATA_DIR"]) / "static",
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        OCOP_CHANNELS={"email": "ocop.people.channels.mail.Mail"},
        TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
    )
    languages = language.using("vi"), translation.override("vi")
    with told, languages[0], languages[1], django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)
