"""Verifiable credentials by the standards, without the framework and without a network.

`issuers` says who signs (did:web), `envelopes` signs and opens (VC-JOSE-COSE), `bitstrings` tells
which are revoked (Bitstring Status List), `verifying` puts the three together for who checks.
"""
