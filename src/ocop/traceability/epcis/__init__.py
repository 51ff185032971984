"""EPCIS 2.0 and CBV 2.0: what happened to goods, where, when and why, as the world writes it.

Pure but for `queries`: `documents` reads what callers send, `validation` holds it against the
schema and the vocabulary, `identifiers` and `hashing` say when two writings mean the same,
`things` what an event speaks of, `questions` what is asked for.
"""
