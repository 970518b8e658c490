"""A model endpoint that speaks OpenAI's API and answers each prompt the same way every time."""
