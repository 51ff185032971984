"""Creative design centres: the sheet of 100 points, their round, recognition, visits, months."""
