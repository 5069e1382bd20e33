"""Log in as somebody that an OpenID provider vouches for; what the provider says of roles is put into our words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from advisor.kernel import AdvisorError, HospitalId
from advisor.services.access import Actor, Role
from advisor.services.accounts import NO_PASSWORD, Account
from advisor.services.log_in import LoggedIn, open_session
from advisor.services.manage_users import name_problems
from advisor.services.openid_provider import OpenIdProvider
from advisor.services.ports import NameTaken
from advisor.services.world import World

RANKED = (Role.ADMIN, Role.MMA, Role.DISPATCHER, Role.HOSPITAL, Role.NURSE, Role.GP)
"""Who has several roles at the provider gets the first of these."""


class NotVouchedFor(AdvisorError, PermissionError):
    """The provider knows who it is, but nothing that it says of them gives access here; `reason` says what lacks."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class ProviderUnavailable(AdvisorError, ConnectionError):
    """The OpenID provider cannot be reached, or its answer cannot be trusted."""


def log_in_by_openid(
    claims: Mapping[str, object], *, provider: OpenIdProvider, now: datetime, world: World
) -> LoggedIn:
    """Open a session for the one whom checked claims are about; the account is made or brought up to date.

    Raises
    ------
    NotVouchedFor
        When the claims give no role, no name or no hospital, or the name belongs to somebody else here.
    """
    subject = f"{provider.issuer} {claims.get('sub', '')}"
    wanted = _account(claims, subject, provider, now, world)
    account = world.accounts.find(wanted.name)
    if account is None:
        try:
            world.accounts.add(wanted, NO_PASSWORD)
        except NameTaken:
            account = world.accounts.find(wanted.name)
    if account is not None:
        if account.subject != subject:
            raise NotVouchedFor(f"the name {wanted.name} belongs to another account")
        if account.disabled_at is not None:
            raise NotVouchedFor(f"the account {wanted.name} was disabled here")
        if account.actor != wanted.actor:
            # What sessions are open were opened in another capacity.
            world.accounts.bind(wanted.name, wanted.actor)
            world.sessions.revoke_all(wanted.name, now)
        wanted = replace(account, role=wanted.role, hospital=wanted.hospital, region=wanted.region)
    return open_session(wanted, now=now, world=world)


def _account(
    claims: Mapping[str, object], subject: str, provider: OpenIdProvider, now: datetime, world: World
) -> Account:
    actor = _actor(claims, provider)
    problems = name_problems("name", actor.name)
    if not claims.get("sub") or problems:
        raise NotVouchedFor(f"the claim {provider.name_claim} gives no name that can be used here")
    if actor.role is Role.HOSPITAL and actor.hospital not in world.sites:
        raise NotVouchedFor(f"the claim {provider.hospital_claim} names no hospital that is known here")
    if actor.region and actor.region not in world.registry.mkas:
        raise NotVouchedFor(f"the claim {provider.region_claim} names no meldkamer region that is known here")
    return Account(
        name=actor.name,
        role=actor.role,
        hospital=actor.hospital,
        region=actor.region,
        created_at=now,
        subject=subject,
    )


def _actor(claims: Mapping[str, object], provider: OpenIdProvider) -> Actor:
    given = {provider.roles[value] for value in _values(claims.get(provider.role_claim)) if value in provider.roles}
    role = next((each for each in RANKED if each in given), None)
    if role is None:
        raise NotVouchedFor(f"the claim {provider.role_claim} gives no role that has access here")
    hospital = next(iter(_values(claims.get(provider.hospital_claim))), "")
    return Actor(
        name=next(iter(_values(claims.get(provider.name_claim))), "").lower(),
        role=role,
        hospital=HospitalId(hospital) if role is Role.HOSPITAL else None,
        region=next(iter(_values(claims.get(provider.region_claim))), ""),
    )


def _values(claim: object) -> Sequence[str]:
    """Return a claim as texts: providers send one as a text, several as a list."""
    if isinstance(claim, str):
        return [claim] if claim else []
    return [value for value in claim if isinstance(value, str)] if isinstance(claim, list) else []
