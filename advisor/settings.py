"""Everything that the environment decides, read once into one frozen object."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from advisor.kernel import InvalidInput, Problem
from advisor.services.access import Role
from advisor.services.openid_provider import OpenIdProvider

PREFIX = "UITWIJK_"
NO_SETTING = frozenset({PREFIX + "SHARED"})
"""What stands in the environment of every command of the Makefile, and is for its tests alone."""
SECRET_MIN_LENGTH = 32
SHORTEST_HINT = 'for instance: python -c "import secrets; print(secrets.token_urlsafe(48))"'

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this process must run.

    `secret_key` is empty only in the demonstration, where one is made and kept in `var`; `demo_rides` says whether its
    invented ambulances make rides there. `network` is None for the
    built-in schematic one, `calibration` a file with speeds of one's own, `snap_limit_m` how far from every road a
    position may lie (None for 3 km, and 10 km on the schematic one). `protocol_at` fixes the clock (tests and replays),
    `registry` overlays operator facts.
    `feeds` tells of sources and what their codes stand for, `lpz_token` is shown to LPZ.
    `geocoder` is "none", "pdok", "nominatim" or the address of a Nominatim server. `proxies` counts the trusted reverse
    proxies in front, `origins` lists the further origins that pages may come from. Positions are gone after
    `positions_days`. `advice_per_minute` is how often one account may ask for advice over HTTP, 0 for no limit.
    `code_orange` says whether the pilot of code orange is in use.
    `metrics_token` is what whoever reads the metrics must show, empty when anybody may. `log_format` is text or json.
    `second_factor` says whether an admin and the mma must have one. A session ends after `session_idle_h` hours without
    use, and after `session_h` hours at the latest. Lines of the access log are dropped after `access_log_years`.
    `openid` is the provider that people may log in with, None for none.
    """

    host: str
    port: int
    demo: bool
    demo_rides: bool
    code_orange: bool
    database_url: str
    redis_url: str | None
    secret_key: str
    network: Path | None
    calibration: Path | None
    snap_limit_m: int | None
    registry: Path | None
    feeds: Path | None
    lpz_token: str
    var: Path
    cache: Path
    protocol_at: datetime | None
    geocoder: str
    proxies: int
    origins: tuple[str, ...]
    log_level: str
    positions_days: int
    advice_per_minute: int
    metrics_token: str
    log_format: str
    second_factor: bool
    session_idle_h: int
    session_h: int
    access_log_years: int
    openid: OpenIdProvider | None


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings that every command needs; a missing secret key is no problem here.

    Raises
    ------
    InvalidInput
        With every problem at once: wrong values and names with our prefix that do not exist.
    """
    reader = _Reader(environment)
    settings = _read(reader)
    reader.refuse_unknown()
    reader.finish()
    return settings


def read_server_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings of a server, which outside the demonstration needs a secret key as well."""
    reader = _Reader(environment)
    settings = _read(reader)
    if not settings.demo and not reader.has("SECRET_KEY"):
        reader.complain("SECRET_KEY", f"is missing; outside the demonstration there is no default ({SHORTEST_HINT})")
    reader.refuse_unknown()
    reader.finish()
    return settings


def _read(reader: "_Reader") -> Settings:
    demo = reader.read("DEMO", _flag, default=False)
    var = reader.read("VAR", Path, default=Path("var"))
    database = f"sqlite:///{_default_database(var, demo=demo)}"
    return Settings(
        host=reader.read("HOST", _word, default="127.0.0.1"),
        port=reader.read_plain("PORT", _port, default=5000),
        demo=demo,
        demo_rides=reader.read("DEMO_RIDES", _flag, default=True),
        database_url=reader.read("DATABASE_URL", _database_url, default=database),
        code_orange=reader.read("CODE_ORANGE", _flag, default=True),
        redis_url=reader.read("REDIS_URL", _redis_url, default=None),
        secret_key=reader.read("SECRET_KEY", _secret, default=""),
        network=reader.read("NETWORK", _existing_file, default=None),
        calibration=reader.read("CALIBRATION", _existing_file, default=None),
        snap_limit_m=reader.read("SNAP_LIMIT_M", _snap_limit_m, default=None),
        registry=reader.read("REGISTRY", _existing_file, default=None),
        feeds=reader.read("FEEDS", _existing_file, default=None),
        lpz_token=reader.read("LPZ_TOKEN", _lpz_token, default=""),
        var=var,
        cache=reader.read("CACHE", Path, default=var / "cache"),
        protocol_at=reader.read("PROTOCOL_AT", _moment, default=None),
        geocoder=reader.read("GEOCODER", _geocoder, default="none"),
        proxies=reader.read("PROXIES", _proxies, default=0),
        origins=reader.read("ORIGINS", _origins, default=()),
        log_level=reader.read("LOG_LEVEL", _log_level, default="INFO"),
        positions_days=reader.read("POSITIONS_DAYS", _positions_days, default=30),
        advice_per_minute=reader.read("ADVICE_PER_MINUTE", _advice_per_minute, default=600),
        metrics_token=reader.read("METRICS_TOKEN", _secret, default=""),
        log_format=reader.read("LOG_FORMAT", _log_format, default="text" if demo else "json"),
        second_factor=reader.read("SECOND_FACTOR", _flag, default=not demo),
        session_idle_h=reader.read("SESSION_IDLE_HOURS", _session_hours, default=12),
        session_h=reader.read("SESSION_HOURS", _session_hours, default=7 * 24),
        access_log_years=reader.read("ACCESS_LOG_YEARS", _access_log_years, default=5),
        openid=_openid(reader),
    )


def _openid(reader: "_Reader") -> OpenIdProvider | None:
    """Read the provider; it is used when its issuer is given, and then what it cannot do without is needed too."""
    issuer = reader.read("OPENID_ISSUER", _issuer, default="")
    client_id = reader.read("OPENID_CLIENT_ID", str, default="")
    client_secret = reader.read("OPENID_CLIENT_SECRET", str, default="")
    roles: Mapping[str, Role] = reader.read("OPENID_ROLES", _role_names, default={})
    label = reader.read("OPENID_LABEL", str, default="OpenID")
    scope = reader.read("OPENID_SCOPE", _scope, default="openid profile")
    claims = {
        f"{what}_claim": reader.read(f"OPENID_{what.upper()}_CLAIM", _word, default=default)
        for what, default in (
            ("name", "preferred_username"),
            ("role", "roles"),
            ("hospital", "hospital"),
            ("region", "region"),
        )
    }
    if not reader.has("OPENID_ISSUER"):
        return None
    for name in ("OPENID_CLIENT_ID", "OPENID_CLIENT_SECRET", "OPENID_ROLES"):
        if not reader.has(name):
            reader.complain(name, "is missing; with OPENID_ISSUER it is needed")
    return OpenIdProvider(
        issuer=issuer,
        client_id=client_id,
        client_secret=client_secret,
        label=label,
        roles=roles,
        scope=scope,
        **claims,
    )


class _Reader:
    """Reads one variable after the other and remembers what is wrong, so that all of it can be told at once."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._known: set[str] = set()
        self._problems: list[Problem] = []

    def has(self, name: str) -> bool:
        return bool(self._environment.get(PREFIX + name, "").strip())

    def read(self, name: str, parse: Callable[[str], T], *, default: T) -> T:
        return self.read_plain(PREFIX + name, parse, default=default)

    def read_plain(self, name: str, parse: Callable[[str], T], *, default: T) -> T:
        self._known.add(name)
        text = self._environment.get(name, "").strip()
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as error:
            self._problems.append(Problem(field=name, message=str(error)))
            return default

    def complain(self, name: str, message: str) -> None:
        self._problems.append(Problem(field=PREFIX + name, message=message))

    def refuse_unknown(self) -> None:
        ours = (name for name in self._environment if name.startswith(PREFIX))
        unknown = sorted(name for name in ours if name not in self._known | NO_SETTING)
        known = ", ".join(sorted(name for name in self._known if name.startswith(PREFIX)))
        message = f"is not a setting; the settings are {known}"
        self._problems.extend(Problem(field=name, message=message) for name in unknown)

    def finish(self) -> None:
        if self._problems:
            raise InvalidInput(self._problems)


def _default_database(var: Path, *, demo: bool) -> Path:
    # The demonstration keeps a journal of its own: invented stops never stand between real ones.
    return var / ("demonstration.db" if demo else "uitwijk.db")


def _word(text: str) -> str:
    if any(character.isspace() for character in text):
        raise ValueError("must be one word")
    return text


def _flag(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError(f"must be 0 or 1, not {text!r}")
    return text == "1"


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 <= int(text) <= 65535):
        raise ValueError(f"must be a port number from 0 to 65535, not {text!r}")
    return int(text)


def _proxies(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 5):
        raise ValueError(f"must be the number of trusted proxies, 0 to 5, not {text!r}")
    return int(text)


def _database_url(text: str) -> str:
    scheme = urlsplit(text).scheme.partition("+")[0]
    if scheme == "sqlite":
        return text
    if scheme in {"postgres", "postgresql"}:
        return "postgresql+psycopg" + text[text.index(":") :]
    raise ValueError("must begin with sqlite:/// or postgresql://")


def _redis_url(text: str) -> str | None:
    if urlsplit(text).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("must begin with redis://, rediss:// or unix://")
    return text


def _secret(text: str) -> str:
    if len(text) < SECRET_MIN_LENGTH:
        raise ValueError(f"must have at least {SECRET_MIN_LENGTH} characters ({SHORTEST_HINT})")
    return text


def _existing_file(text: str) -> Path | None:
    path = Path(text)
    if not path.is_file():
        raise ValueError(f"no such file: {text}")
    return path


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(f"must be a time with its offset, such as 2026-02-01T14:30:00+01:00, not {text!r}")
    return moment.astimezone(UTC)


def _geocoder(text: str) -> str:
    if text in {"none", "pdok", "nominatim"} or urlsplit(text).scheme in {"http", "https"}:
        return text.rstrip("/")
    raise ValueError("must be none, pdok, nominatim or the http(s) address of a Nominatim server")


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(part.strip().rstrip("/") for part in text.split(",") if part.strip())
    wrong = [origin for origin in origins if urlsplit(origin).scheme not in {"http", "https"} or urlsplit(origin).path]
    if wrong:
        raise ValueError(
            f"must be origins like https://uitwijk.example, separated by commas; wrong: {', '.join(wrong)}"
        )
    return origins


def _log_level(text: str) -> str:
    if text not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
    return text


def _log_format(text: str) -> str:
    if text not in {"text", "json"}:
        raise ValueError("must be text or json")
    return text


def _lpz_token(text: str) -> str:
    user, colon, token = text.partition(":")
    if not (user and colon and token and text.isascii() and text.isprintable() and " " not in text):
        raise ValueError("must be the name of the API account, a colon and its token")
    return text


def _snap_limit_m(text: str) -> int:
    return _whole(text, 100, 50_000, "the number of metres")


def _positions_days(text: str) -> int:
    return _whole(text, 1, 3650, "the number of days")


def _advice_per_minute(text: str) -> int:
    return _whole(text, 0, 1_000_000, "a number per minute")


def _session_hours(text: str) -> int:
    return _whole(text, 1, 24 * 365, "the number of hours")


def _access_log_years(text: str) -> int:
    return _whole(text, 1, 50, "the number of years")


def _issuer(text: str) -> str:
    address = urlsplit(text)
    if address.scheme == "https" or (address.scheme == "http" and address.hostname in {"localhost", "127.0.0.1"}):
        return text.rstrip("/")
    raise ValueError("must be the https address of an OpenID provider")


def _scope(text: str) -> str:
    if "openid" not in text.split():
        raise ValueError("must hold openid, such as: openid profile")
    return text


def _role_names(text: str) -> Mapping[str, Role]:
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    roles = {role.value: role for role in Role if role is not Role.FEED}
    wrong = [value or name for name, _, value in pairs if not name.strip() or value.strip() not in roles]
    if wrong:
        raise ValueError(
            f"must be pairs like uitwijk-nurses=nurse, separated by commas, with the roles {', '.join(roles)}; wrong: "
            + ", ".join(wrong)
        )
    return {name.strip(): roles[value.strip()] for name, _, value in pairs}


def _whole(text: str, low: int, high: int, what: str) -> int:
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise ValueError(f"must be {what}, {low} to {high}, not {text!r}")
    return int(text)
