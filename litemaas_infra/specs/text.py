"""Text that has a form, refused in words that people can mend it by."""

import re

from pydantic import AfterValidator


def shaped(pattern: str, meaning: str) -> AfterValidator:
    """Text that the pattern matches as a whole; `meaning` says what it is then, best with an example.

    The text itself is not repeated: someone may have put a key there.
    """

    def check(text: str) -> str:
        if re.fullmatch(pattern, text) is None:
            raise ValueError(f"is not {meaning}")
        return text

    return AfterValidator(check)
