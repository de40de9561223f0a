# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Contains methods for accessing the API"""
