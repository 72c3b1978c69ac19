"""Calls operations of APIs that are not here, and prints what boto3 says of each."""

import json

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError


CALLS = [
    ("sso-admin", "list_instances", {}),
    ("identitystore", "list_users", {"IdentityStoreId": "d-1234567890"}),
    ("dynamodb", "list_tables", {}),
    ("sqs", "list_queues", {}),
    ("kinesis", "list_streams", {}),
    ("iam", "list_users", {}),
    ("sns", "list_topics", {}),
    ("ec2", "describe_instances", {}),
    ("cloudwatch", "list_metrics", {}),
    ("lambda", "list_functions", {}),
    ("lambda", "create_alias", {"FunctionName": "f", "Name": "a", "FunctionVersion": "1"}),
    ("eks", "describe_cluster", {"name": "c"}),
    ("route53", "list_hosted_zones", {}),
    ("cloudfront", "list_distributions", {}),
    ("s3", "list_buckets", {}),
    ("s3", "get_object", {"Bucket": "bucket", "Key": "key"}),
    ("s3", "put_object", {"Bucket": "bucket", "Key": "key", "Body": b"x" * 200_000}),
    ("sts", "assume_role", {"RoleArn": "arn:aws:iam::111122223333:role/r", "RoleSessionName": "session"}),
    ("sts", "get_session_token", {}),
]

# The name of a bucket stays out of the host, which is an address here.
one_host = Config(s3={"addressing_style": "path"})
anonymous = one_host.merge(Config(signature_version=UNSIGNED))


def call(service, operation, parameters, config):
    client = boto3.client(service, config=config)
    try:
        getattr(client, operation)(**parameters)
    except ClientError as error:
        return {
            "call": f"{service} {operation}",
            "code": error.response["Error"]["Code"],
            "message": error.response["Error"].get("Message", ""),
            "retries": error.response["ResponseMetadata"]["RetryAttempts"],
            "shown": str(error),
            "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
        }
    raise AssertionError(f"{service} {operation} was answered")


answers = [call(*each, one_host) for each in CALLS]
answers.append(call("s3", "get_object", {"Bucket": "bucket", "Key": "key"}, anonymous))
answers.append(call("s3", "head_object", {"Bucket": "bucket", "Key": "key"}, one_host))
print(json.dumps(answers))
