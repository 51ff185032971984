"""A round in the middle of its work: dossiers in every state, a council at its sitting, messages.

Everything comes about by the services themselves, at times in the past, as people would have done
it; so the demonstration cannot show what the system does not do.
"""
