"""Which hospital a console is of."""

from advisor.kernel import HospitalId, InvalidInput, Problem
from advisor.services.access import Actor, Role, require_hospital, require_role


def own_hospital(actor: Actor, act: str, asked: HospitalId | None) -> HospitalId:
    """Return the hospital of an account, or the one that an admin asks for.

    Raises
    ------
    Forbidden
        When it is another role, or the account of another hospital.
    InvalidInput
        When an admin does not say which.
    """
    require_role(actor, act, Role.HOSPITAL, Role.ADMIN)
    hospital = asked or actor.hospital
    if hospital is None:
        raise InvalidInput([Problem(field="hospital", message="is required")])
    require_hospital(actor, act, hospital)
    return hospital
