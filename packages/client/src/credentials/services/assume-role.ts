import { resolveReferences } from '@latchkey/wire/xml/resolve-references';
import type { Credentials } from '../credentials.ts';
import { type Caller, callService } from './service-call.ts';

/** Input members by name. Undefined ones are left out. */
type Parameters = Readonly<Record<string, string | undefined>> & { readonly RoleArn: string };

/** Assumes a role with the caller's credentials (`sts:AssumeRole`). */
export function assumeRole(parameters: Parameters, caller: Caller): Promise<Credentials> {
  return callSts('AssumeRole', parameters, caller);
}

/** Assumes a role with an identity provider's token (`sts:AssumeRoleWithWebIdentity`). */
export function assumeRoleWithWebIdentity(parameters: Parameters, caller: Caller): Promise<Credentials> {
  return callSts('AssumeRoleWithWebIdentity', parameters, caller);
}

async function callSts(operation: string, parameters: Parameters, caller: Caller): Promise<Credentials> {
  const form = new URLSearchParams({ Action: operation, Version: '2011-06-15' });
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) form.set(name, value);
  const credentials = await callService(
    {
      purpose: `assume "${parameters.RoleArn}"`,
      serviceId: 'STS',
      signingName: 'sts',
      hostPrefix: 'sts',
      operation,
      request: {
        method: 'POST',
        path: '/',
        query: '',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      },
      retryable: ['IDPCommunicationError', 'InvalidIdentityToken'],
      parse,
      parseError: (xml) => ({ name: leaf(xml, 'Code'), message: leaf(xml, 'Message') }),
    },
    caller,
  );
  const accountId = parameters.RoleArn.split(':')[4];
  return { ...credentials, ...(accountId && { accountId }) };
}

function parse(xml: string): Credentials | undefined {
  const accessKeyId = leaf(xml, 'AccessKeyId');
  const secretAccessKey = leaf(xml, 'SecretAccessKey');
  const sessionToken = leaf(xml, 'SessionToken');
  const expiration = leaf(xml, 'Expiration');
  if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiration) };
}

/** Text of the first element of that name. The elements read here hold only text. */
function leaf(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text === undefined ? undefined : resolveReferences(text.trim());
}
