"""Gets role credentials with the profile's cached SSO token, and asks STS whose they are."""

import json

import boto3

session = boto3.Session()
credentials = session.get_credentials()
access_key_id = credentials.get_frozen_credentials().access_key
identity = session.client("sts").get_caller_identity()
print(
    json.dumps(
        {
            "account": identity["Account"],
            "arn": identity["Arn"],
            "accessKeyId": access_key_id,
            # botocore shows the expiry nowhere else.
            "expiresAtMs": round(credentials._expiry_time.timestamp() * 1000),
        }
    )
)
