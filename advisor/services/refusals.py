"""What a service answers when what was asked does not fit what is the case."""

from dataclasses import dataclass

from advisor.kernel import AdvisorError


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One text in the two languages of the screens."""

    nl: str
    en: str


class Conflict(AdvisorError, ValueError):
    """The act does not fit the present state and changed nothing.

    `code` is stable, for programs; `detail` says what is the case and `hint` what to do instead.
    """

    def __init__(self, code: str, detail: Wording, hint: Wording | None = None) -> None:
        self.code = code
        self.detail = detail
        self.hint = hint
        super().__init__(f"{code}: {detail.en}")


class NotFound(AdvisorError, LookupError):
    """Nothing of this kind has this id."""

    def __init__(self, kind: str, identity: str) -> None:
        self.kind = kind
        self.identity = identity
        super().__init__(f"no {kind} with id {identity!r}")
