"""Reading workbooks of craft villages: mended where the meaning is certain, else reported."""
