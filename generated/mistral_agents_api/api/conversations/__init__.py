# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Contains endpoint functions for accessing the API"""
