"""In the place of Open WebUI: its variables, its administrator, and the API that lists models and chats."""
