"""Pulumi's dynamic providers: thin translations between Pulumi's dictionaries and the typed clients.

The path of each class is written into every stack's state; a class that moves needs an alias.
"""
