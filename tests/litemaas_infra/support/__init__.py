"""Test doubles that are real servers, and the strategies the tests draw from."""
