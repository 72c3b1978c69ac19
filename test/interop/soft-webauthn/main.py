"""An authenticator: takes requests as lines of JSON, and prints for each the credential that a browser would send.

It is asked what a page asks the browser (`options`), by a page of an origin, and may have to answer with another counter or for
another relying party than a browser would let it.
"""

import base64
import json
import sys

from soft_webauthn import SoftWebauthnDevice


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encode(value):
    if isinstance(value, bytes):
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
    if isinstance(value, dict):
        return {name: encode(each) for name, each in value.items()}
    return value


device = SoftWebauthnDevice()
for line in sys.stdin:
    request = json.loads(line)
    options = {**request["options"], "challenge": decode(request["options"]["challenge"])}
    if "signCount" in request:
        device.sign_count = request["signCount"]
    if request["call"] == "create":
        options["user"] = {**options["user"], "id": decode(options["user"]["id"])}
        credential = device.create({"publicKey": options}, request["origin"])
    else:
        device.rp_id = options["rpId"]
        credential = device.get({"publicKey": options}, request["origin"])
    # The package pads its `id`, which browsers do not.
    print(json.dumps(encode({**credential, "id": credential["rawId"]})), flush=True)
