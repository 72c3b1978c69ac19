import { type Answer, Loopback, type Received } from './loopback.ts';

/** A stub of STS that grants every role. The access key id of the result names who asked. */
export function startSts(refusal?: Answer): Promise<Loopback> {
  return Loopback.start((request) => refusal ?? { body: assumed(request) });
}

/** Parameters of each request, without those that every request has. */
export function askedOf(sts: Loopback): Record<string, string>[] {
  return sts.received.map(({ body }) => {
    const { Version: _, ...parameters } = Object.fromEntries(new URLSearchParams(body));
    return parameters;
  });
}

/** Access key id that a request was signed with, or `nobody`. */
export function signerOf({ headers }: Received): string {
  return /Credential=([^/]+)\//.exec(String(headers['authorization']))?.[1] ?? 'nobody';
}

function assumed(request: Received): string {
  const action = new URLSearchParams(request.body).get('Action');
  return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>
    <AssumedRoleUser><Arn>arn:aws:sts::000000000042:assumed-role/Builder/session</Arn></AssumedRoleUser>
    <Credentials>
      <AccessKeyId>assumed-by-${signerOf(request)}</AccessKeyId>
      <SecretAccessKey>secret</SecretAccessKey>
      <SessionToken>token</SessionToken>
      <Expiration>2026-01-01T00:00:00Z</Expiration>
    </Credentials>
  </${action}Result></${action}Response>`;
}
