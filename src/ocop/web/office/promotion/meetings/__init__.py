"""Trade meetings in the office: demands, rounds of meetings, deals."""
