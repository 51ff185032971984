"""Accounts, roles and memberships."""
