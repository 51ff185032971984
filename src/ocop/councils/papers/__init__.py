"""The papers of a council, made from what happened in the sitting: nobody types anything twice."""
