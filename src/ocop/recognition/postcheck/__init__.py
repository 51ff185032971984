"""After a star is given: post-checks, what the public reports, and revocation (Art. 8 and 9)."""
