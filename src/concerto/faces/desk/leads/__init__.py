"""Leads that live, for whoever heard them and the desk; and the screening of a village."""
