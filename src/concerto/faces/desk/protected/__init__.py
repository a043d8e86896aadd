"""Somebody is hurt or afraid: noted on pages of their own, read by the centre and by whoever is named."""
