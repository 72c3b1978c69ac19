/** Credential scope: day, region and service that a signature is valid for. */
export interface CredentialScope {
  /** UTC day, `yyyymmdd`. */
  readonly date: string;
  readonly region: string;
  /** Signing name of the service, e.g. `sts`. */
  readonly service: string;
}

const terminator = 'aws4_request';

/** Renders a scope, e.g. `20150830/us-east-1/iam/aws4_request`. */
export function credentialScope({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/${terminator}`;
}

/** Parses a scope. @returns undefined when the text is not one */
export function parseCredentialScope(text: string): CredentialScope | undefined {
  const [date = '', region = '', service = '', end, ...rest] = text.split('/');
  const complete =
    /^\d{8}$/.test(date) && region !== '' && service !== '' && end === terminator && rest.length === 0;
  return complete ? { date, region, service } : undefined;
}
