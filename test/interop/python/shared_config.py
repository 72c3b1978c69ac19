"""Reads configuration files as botocore does: takes their paths as one line of JSON, and answers with one."""

import json
import sys

import botocore.session
from botocore.configloader import raw_config_parse
from botocore.credentials import ConfigProvider, SharedCredentialProvider
from botocore.exceptions import (
    ConfigNotFound,
    ConfigParseError,
    PartialCredentialsError,
)


def read(parse):
    """What is read, or None where botocore refuses the file."""
    try:
        return parse()
    except ConfigParseError:
        return None
    except ConfigNotFound:
        return {}


session = botocore.session.Session()


def whole(config, credentials):
    # What a new session has; making one for each file takes most of the time.
    session._config = None
    session.set_config_variable("config_file", config)
    session.set_config_variable("credentials_file", credentials)
    return session.full_config


def keys(config, credentials, profile):
    """Access keys of a profile; None where one of the two is missing."""
    for provider in (
        SharedCredentialProvider(credentials, profile),
        ConfigProvider(config, profile),
    ):
        try:
            found = provider.load()
        except PartialCredentialsError:
            return None
        if found is not None:
            return [found.access_key, found.secret_key, found.token, found.account_id]
    return None


for line in sys.stdin:
    request = json.loads(line)
    config, credentials = request["config"], request["credentials"]
    full = read(lambda: whole(config, credentials))
    answer = {
        "config": read(lambda: raw_config_parse(config)),
        "credentials": read(lambda: raw_config_parse(credentials)),
        "profiles": full and full["profiles"],
        "ssoSessions": full and full.get("sso_sessions", {}),
        "services": full and full.get("services", {}),
        "keys": full
        and {name: keys(config, credentials, name) for name in full["profiles"]},
    }
    print(json.dumps(answer), flush=True)
