"""EPCIS 2.0 over HTTP (chapter 12): paths, parameters, headers and errors are the standard's."""
