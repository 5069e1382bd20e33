"""Settings from the environment: defaults, and every mistake told at once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from advisor.kernel import InvalidInput
from advisor.services.access import Role
from advisor.settings import read_server_settings, read_settings

SECRET = "s" * 32


def fields(environment: dict[str, str]) -> list[str]:
    """Names of the variables that a server complains about."""
    with pytest.raises(InvalidInput) as caught:
        read_server_settings(environment)
    return [problem.field for problem in caught.value.problems]


def test_empty_environment_gives_the_embedded_defaults() -> None:
    settings = read_settings({})

    assert (settings.port, settings.database_url, settings.network) == (5000, "sqlite:///var/uitwijk.db", None)


def test_demonstration_keeps_a_journal_of_its_own() -> None:
    assert read_settings({"UITWIJK_DEMO": "1"}).database_url == "sqlite:///var/demonstration.db"


def test_demonstration_makes_rides_unless_told_otherwise() -> None:
    assert read_settings({"UITWIJK_DEMO": "1"}).demo_rides is True
    assert read_settings({"UITWIJK_DEMO": "1", "UITWIJK_DEMO_RIDES": "0"}).demo_rides is False


def test_server_refuses_to_start_without_a_secret_key() -> None:
    assert fields({}) == ["UITWIJK_SECRET_KEY"]


def test_demonstration_needs_no_secret_key() -> None:
    assert read_server_settings({"UITWIJK_DEMO": "1"}).secret_key == ""


def test_short_secret_key_is_refused() -> None:
    assert fields({"UITWIJK_SECRET_KEY": "s" * 31}) == ["UITWIJK_SECRET_KEY"]


def test_all_wrong_settings_are_told_at_once() -> None:
    wrong = {
        "UITWIJK_DATABASE_URL": "mysql://somewhere",
        "UITWIJK_REDIS_URL": "http://somewhere",
        "UITWIJK_NETWORK": "no/such/file.net",
        "UITWIJK_SECRET_KEY": "short",
        "UITWIJK_PROTOCOL_AT": "2026-02-01T14:30:00",
        "UITWIJK_GEOCODER": "carrier pigeon",
        "UITWIJK_PROXIES": "many",
        "UITWIJK_ORIGINS": "uitwijk.example",
        "UITWIJK_DEMO": "yes",
        "UITWIJK_HOST": "a b",
        "UITWIJK_LOG_LEVEL": "LOUD",
        "PORT": "70000",
    }

    assert sorted(fields(wrong)) == sorted(wrong)


def test_unknown_setting_is_a_mistake_too() -> None:
    assert fields({"UITWIJK_SECRET_KEY": SECRET, "UITWIJK_DATABSE_URL": "x"}) == ["UITWIJK_DATABSE_URL"]


def test_variables_of_others_are_left_alone() -> None:
    assert read_server_settings({"UITWIJK_SECRET_KEY": SECRET, "HOME": "/", "PORT": "8080"}).port == 8080


def test_folder_that_the_makefile_names_for_the_tests_keeps_nothing_from_starting() -> None:
    assert read_settings({"UITWIJK_DEMO": "1", "UITWIJK_SHARED": "../shared"}).demo is True


@pytest.mark.parametrize("url", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_postgresql_address_gets_the_driver_that_is_installed(url: str) -> None:
    assert read_settings({"UITWIJK_DATABASE_URL": url}).database_url == "postgresql+psycopg://u@h/d"


def test_fixed_clock_is_kept_in_utc() -> None:
    settings = read_settings({"UITWIJK_PROTOCOL_AT": "2026-02-01T14:30:00+01:00"})

    assert settings.protocol_at == datetime(2026, 2, 1, 13, 30, tzinfo=UTC)


def test_existing_network_file_is_accepted(tmp_path: Path) -> None:
    file = tmp_path / "region.net"
    file.touch()

    assert read_settings({"UITWIJK_NETWORK": str(file)}).network == file


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("POSITIONS_DAYS", "0"),
        ("SNAP_LIMIT_M", "3 km"),
        ("POSITIONS_DAYS", "een maand"),
        ("ADVICE_PER_MINUTE", "-1"),
        ("METRICS_TOKEN", "short"),
        ("LOG_FORMAT", "xml"),
        ("SECOND_FACTOR", "maybe"),
        ("SESSION_HOURS", "0"),
        ("SESSION_IDLE_HOURS", "long"),
        ("ACCESS_LOG_YEARS", "0"),
        ("OPENID_SCOPE", "profile"),
        ("OPENID_ROLES", "crews=king"),
        ("OPENID_ROLES", "=nurse"),
    ],
)
def test_wrong_value_is_a_mistake_of_its_variable(name: str, wrong: str) -> None:
    assert fields({"UITWIJK_SECRET_KEY": SECRET, f"UITWIJK_{name}": wrong}) == [f"UITWIJK_{name}"]


def test_positions_may_lie_as_far_from_roads_as_the_operator_says() -> None:
    assert read_settings({"UITWIJK_SECRET_KEY": SECRET, "UITWIJK_SNAP_LIMIT_M": "1500"}).snap_limit_m == 1500
    assert read_settings({"UITWIJK_SECRET_KEY": SECRET}).snap_limit_m is None


def test_positions_are_kept_for_as_long_as_the_operator_says() -> None:
    assert read_settings({"UITWIJK_POSITIONS_DAYS": "7"}).positions_days == 7


@pytest.mark.parametrize(("demo", "form"), [("1", "text"), ("0", "json")])
def test_log_is_for_people_in_the_demonstration_and_for_programs_elsewhere(demo: str, form: str) -> None:
    assert read_settings({"UITWIJK_DEMO": demo}).log_format == form


def test_code_orange_is_in_use_unless_it_is_switched_off() -> None:
    used = [read_settings(env).code_orange for env in ({}, {"UITWIJK_CODE_ORANGE": "0"})]

    assert used == [True, False]


@pytest.mark.parametrize(("environment", "needed"), [({}, True), ({"UITWIJK_DEMO": "1"}, False)])
def test_second_factor_is_needed_outside_the_demonstration(environment: dict[str, str], *, needed: bool) -> None:
    assert read_settings(environment).second_factor is needed


def test_sessions_and_access_log_last_as_long_as_the_operator_says() -> None:
    settings = read_settings(
        {"UITWIJK_SESSION_IDLE_HOURS": "4", "UITWIJK_SESSION_HOURS": "24", "UITWIJK_ACCESS_LOG_YEARS": "15"}
    )

    assert (settings.session_idle_h, settings.session_h, settings.access_log_years) == (4, 24, 15)


OPENID = {
    "UITWIJK_SECRET_KEY": SECRET,
    "UITWIJK_OPENID_ISSUER": "https://id.example/",
    "UITWIJK_OPENID_CLIENT_ID": "uitwijk",
    "UITWIJK_OPENID_CLIENT_SECRET": "geheim",
    "UITWIJK_OPENID_ROLES": "Uitwijk Ploegen = nurse, Uitwijk Beheer=admin",
    "UITWIJK_OPENID_ROLE_CLAIM": "groups",
}


def test_openid_provider_is_read_with_its_claims() -> None:
    provider = read_server_settings(OPENID).openid

    assert provider is not None
    assert (provider.issuer, provider.role_claim, provider.name_claim, provider.label) == (
        "https://id.example", "groups", "preferred_username", "OpenID"
    )  # fmt: skip
    assert provider.roles == {"Uitwijk Ploegen": Role.NURSE, "Uitwijk Beheer": Role.ADMIN}


def test_without_an_issuer_there_is_no_openid_provider() -> None:
    assert read_settings({}).openid is None


@pytest.mark.parametrize("name", ["CLIENT_ID", "CLIENT_SECRET", "ROLES"])
def test_openid_provider_needs_all_of_it(name: str) -> None:
    incomplete = {key: value for key, value in OPENID.items() if key != f"UITWIJK_OPENID_{name}"}

    assert fields(incomplete) == [f"UITWIJK_OPENID_{name}"]


@pytest.mark.parametrize("issuer", ["http://id.example", "id.example", "ftp://id.example"])
def test_openid_provider_is_asked_over_https_alone(issuer: str) -> None:
    assert fields({**OPENID, "UITWIJK_OPENID_ISSUER": issuer}) == ["UITWIJK_OPENID_ISSUER"]


def test_openid_provider_on_this_machine_may_do_without() -> None:
    assert read_settings({**OPENID, "UITWIJK_OPENID_ISSUER": "http://localhost:8080"}).openid is not None
