"""Long work that somebody asks for and the worker does (ADR 33).

`life` is what all of it shares: signs of life, the language of who asked, how it ended in words.
`files` is for work whose result is a file: the columns of its row, and what happens to it.
"""
