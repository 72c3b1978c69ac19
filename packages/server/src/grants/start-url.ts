import type { Context } from '../context.ts';

/**
 * Whether a start URL or issuer URL means this instance. People write these by hand, so `/start` at the end, a trailing
 * slash, `#` or `#/` and the case of the host make no difference.
 */
export function isStartUrl(context: Context, url: string): boolean {
  const wanted = simplify(url);
  return startUrls(context).some((known) => simplify(known) === wanted);
}

/** The start URL that needs no request to be made of it: the AWS CLI takes it as it is. */
export function issuerUrl({ instanceId }: Pick<Context, 'instanceId'>): string {
  return `https://identitycenter.amazonaws.com/${instanceId}`;
}

/** The AWS-shaped portal address, to which the instance's own `/start` redirects the AWS CLI's check. */
export function portalUrl({ instanceId, config }: Pick<Context, 'instanceId' | 'config'>): string {
  return `https://${instanceId}.portal.${config.instance.region}.app.aws`;
}

function startUrls(context: Context): readonly string[] {
  const { baseUrl, instance } = context.config;
  return [issuerUrl(context), portalUrl(context), baseUrl, ...instance.startUrls];
}

function simplify(url: string): string {
  const [, origin = '', path = url] = /^([a-z]+:\/\/[^/?#]*)(.*)$/i.exec(url.trim()) ?? [];
  return origin.toLowerCase() + path.replace(/[#/]+$/, '').replace(/\/start$/, '');
}
