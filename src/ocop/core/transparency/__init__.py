"""A log that anyone can check, as files: Merkle trees (RFC 9162), tiles, signed notes and proofs in
the formats of C2SP. Pure: no table, no disk, no clock."""
