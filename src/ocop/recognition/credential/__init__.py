"""A star certificate as a verifiable credential, for programs of anybody.

`attestation` builds it from plain values, `addresses` says where its parts stand, `issuing` reads
the rows and signs, `statuses` keeps the list of what was revoked.
"""
