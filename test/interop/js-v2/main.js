// Gets role credentials with the profile's cached SSO token, and asks STS whose they are, by version 2 of the SDK.
import AWS from 'aws-sdk';

const credentials = new AWS.SsoCredentials();
await credentials.getPromise();
const identity = await new AWS.STS({ credentials }).getCallerIdentity().promise();
console.log(JSON.stringify({ arn: identity.Arn }));
