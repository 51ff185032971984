"""Craft villages (làng nghề, Decree 52/2018/NĐ-CP): register, criteria, recognition, routes."""
