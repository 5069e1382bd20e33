"""An OpenID provider as the operator describes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.services.access import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIdProvider:
    """An OpenID provider and how its claims are read.

    `label` stands on the button. `roles` says which value of the claim `role_claim` stands for which of our roles; the
    other claims carry a name, the id of a hospital and the name of a meldkamer region.
    """

    issuer: str
    client_id: str
    client_secret: str
    label: str
    roles: Mapping[str, Role]
    scope: str = "openid profile"
    name_claim: str = "preferred_username"
    role_claim: str = "roles"
    hospital_claim: str = "hospital"
    region_claim: str = "region"
