"""The container files say what production needs: nothing open, nothing secret in them, every part watched."""

import importlib
import os
import re
import runpy
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured
from packaging.specifiers import SpecifierSet
from packaging.version import Version

PROJECT = Path(__file__).resolve().parents[1]
COMPOSE = PROJECT / "docker-compose.yml"
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text())["services"]
OURS = ("migrate", "web", "worker", "beat")
# Each ends by itself or cannot be asked; the file says so beside it.
WITHOUT_HEALTH_CHECK = {"migrate", "beat"}
OLDEST_IMAGES = {"postgres": Version("15"), "redis": Version("7")}

every_service = pytest.mark.parametrize("name", SERVICES)


def docker_compose() -> list[str] | None:
    """The command of Compose on this machine, if it has one; it needs no running Docker to check a file."""
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    plugin = ["docker", "compose"]
    found = shutil.which("docker") and subprocess.run([*plugin, "version"], capture_output=True, check=False)
    return plugin if found and found.returncode == 0 else None


def commands() -> list[list[str]]:
    """The words of each command that our image runs, the image's own first."""
    own = re.search(r"^CMD (\[.*?\])$", (PROJECT / "Dockerfile").read_text().replace("\\\n", " "), re.MULTILINE)
    assert own
    return [yaml.safe_load(own[1]), *(SERVICES[name]["command"] for name in OURS if "command" in SERVICES[name])]


@every_service
def test_every_service_is_watched_or_cannot_be(name: str) -> None:
    check = SERVICES[name].get("healthcheck", {})
    in_image = name == "web" and "HEALTHCHECK" in (PROJECT / "Dockerfile").read_text()
    assert bool(check.get("test") or in_image) == (name not in WITHOUT_HEALTH_CHECK)
    assert bool(check.get("disable")) == (name in WITHOUT_HEALTH_CHECK)


@every_service
def test_every_service_is_hardened_and_comes_back(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")


def test_only_the_web_server_is_reachable_and_only_from_this_machine() -> None:
    assert {name for name in SERVICES if "ports" in SERVICES[name]} == {"web"}
    assert SERVICES["web"]["ports"] == ["${HTTP_LISTEN:-127.0.0.1:8000}:8000"]


@every_service
def test_every_secret_comes_from_outside_and_is_asked_for(name: str) -> None:
    for variable, value in SERVICES[name].get("environment", {}).items():
        if re.search(r"SECRET|PASSWORD|DATABASE_URL|ALLOWED_HOSTS", variable):
            assert re.search(r"\$\{[A-Z_]+:\?[^}]+\}", value), f"{variable} must be required"


@every_service
def test_data_are_in_volumes_that_are_declared(name: str) -> None:
    declared = yaml.safe_load(COMPOSE.read_text())["volumes"]
    assert {volume.split(":")[0] for volume in SERVICES[name].get("volumes", [])} <= set(declared)


@pytest.mark.parametrize("name", OLDEST_IMAGES)
def test_images_are_of_supported_versions(name: str) -> None:
    image, tag = SERVICES[name]["image"].split(":")
    assert image == name
    assert Version(tag) >= OLDEST_IMAGES[name]


def test_all_wait_for_the_migrations() -> None:
    for name in ("web", "worker", "beat"):
        waits = SERVICES[name]["depends_on"]
        assert waits["migrate"]["condition"] == "service_completed_successfully"
        assert waits["postgres"]["condition"] == waits["redis"]["condition"] == "service_healthy"


def test_the_image_has_a_python_that_the_project_supports_and_no_root() -> None:
    dockerfile = (PROJECT / "Dockerfile").read_text()
    pythons = re.findall(r"^FROM python:(\d+\.\d+)-slim-\w+", dockerfile, re.MULTILINE)
    wanted = SpecifierSet(tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["requires-python"])
    assert len(pythons) == 2
    assert all(Version(python) in wanted for python in pythons)
    assert re.search(r"^USER (?!0|root)", dockerfile, re.MULTILINE)
    assert "--require-hashes" in dockerfile


def test_every_command_names_a_module_that_is_there() -> None:
    for words in commands():
        if words[0] == "gunicorn":
            module, attribute = words[1].split(":")
            assert hasattr(importlib.import_module(module), attribute)
        elif words[0] == "celery":
            assert hasattr(importlib.import_module(words[words.index("-A") + 1]), "celery_app")
            scheduler = [word.partition("=")[2] for word in words if word.startswith("--scheduler")]
            assert all(hasattr(importlib.import_module(s.split(":")[0]), s.split(":")[1]) for s in scheduler)
        else:
            assert words[0] == "python"
            assert (PROJECT / words[1]).exists()


def test_every_variable_that_is_handed_over_is_explained() -> None:
    explained = set(re.findall(r"^#?([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))
    assert set(re.findall(r"\$\{([A-Z_]+)", COMPOSE.read_text())) <= explained


def test_every_variable_that_the_settings_read_is_explained() -> None:
    explained = set(re.findall(r"^#?([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))
    settings = (PROJECT / "povtrack" / "settings.py").read_text()
    read = set(re.findall(r"(?:env(?:\.\w+)?|required)\(\s*\"([A-Z_]+)\"", settings))
    assert read
    assert read <= explained


def settings_with(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    """What the settings come to in an environment."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(PROJECT / "povtrack" / "settings.py"))


@pytest.mark.parametrize("count", ["", "0", "-1"])
def test_behind_a_proxy_the_number_of_proxies_must_be_said(count: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else everyone would share the proxy's address, and its lock-out."""
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXY_COUNT must be 1 or more"):
        settings_with(monkeypatch, BEHIND_TLS_PROXY="1", **({"TRUSTED_PROXY_COUNT": count} if count else {}))


def test_the_proxies_of_the_documentation_are_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_with(monkeypatch, BEHIND_TLS_PROXY="1", TRUSTED_PROXY_COUNT="1")
    assert (settings["ALLAUTH_TRUSTED_PROXY_COUNT"], settings["SECURE_PROXY_SSL_HEADER"][1]) == (1, "https")
    for file in ("README.md", "docker-compose.yml"):
        text = (PROJECT / file).read_text()
        assert text.count("BEHIND_TLS_PROXY=1") == text.count("TRUSTED_PROXY_COUNT=1") > 0, file


@pytest.mark.django_db
def test_what_the_clock_queues_does_not_pile_up_while_no_worker_runs() -> None:
    """Asked of the scheduler itself: it leaves out what it doesn't know without a word."""
    from celery import current_app
    from django_celery_beat.schedulers import ModelEntry

    for name, entry in current_app.conf.beat_schedule.items():
        queued = ModelEntry.from_entry(name, app=current_app, **entry)
        every = entry["schedule"] if isinstance(entry["schedule"], float) else 86_400
        # Not within seconds: the clocks of two machines may differ by more, and then nothing would ever be done.
        assert 600 <= queued.options["expires"] <= max(600, every), name


def test_compose_itself_accepts_the_file_where_it_is_installed() -> None:
    compose = docker_compose()
    if compose is None:
        return  # the assertions above stand in for it
    required = {"SECRET_KEY": "x", "POSTGRES_PASSWORD": "x", "ALLOWED_HOSTS": "x", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [*compose, "--file", COMPOSE, "config", "--quiet"], env=required, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
