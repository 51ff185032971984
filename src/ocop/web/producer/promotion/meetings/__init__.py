"""Trade meetings for producers: who looks for their goods, their offers, meetings and deals."""
