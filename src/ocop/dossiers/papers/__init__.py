"""The papers of a dossier, made from what was filed: nobody types anything twice."""
