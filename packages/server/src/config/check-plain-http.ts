import * as v from 'valibot';
import { isLoopback } from '../net/loopback.ts';
import type { Finding } from './check-values.ts';
import { settingsSchema } from './settings-schema.ts';

const { baseUrl, listen, tls, trustedProxies } = settingsSchema.entries;
const networkSchema = v.object({ baseUrl, listen, tls, trustedProxies });

const unprotected = 'plain http beyond this machine lets anyone on the network read passwords and tokens';

/** Refuses settings with which secrets would cross a network in the clear. Settings that are invalid in themselves are skipped. */
export function checkPlainHttp(content: unknown): Finding[] {
  const result = v.safeParse(networkSchema, content);
  if (!result.success) return [];
  const { baseUrl, listen, tls, trustedProxies } = result.output;
  const findings: Finding[] = [];
  const report = (path: readonly string[], message: string) =>
    findings.push({ path, part: 'value', message: `${path.join('.')}: ${message}` });

  if (!isLoopback(listen.host)) {
    if (tls === undefined && trustedProxies.length === 0) {
      report(
        ['listen', 'host'],
        `${unprotected}; set tls, or trustedProxies when a reverse proxy serves https, or listen on 127.0.0.1`,
      );
    }
    if (baseUrl === undefined) {
      report(
        ['listen', 'host'],
        `people and clients cannot use "${listen.host}" as an address; set baseUrl to the URL that they use`,
      );
    }
  }
  if (baseUrl?.startsWith('http://')) {
    if (tls !== undefined) report(['baseUrl'], 'expected https, because tls is set');
    else if (!isLoopback(new URL(baseUrl).hostname)) {
      report(['baseUrl'], `${unprotected}; expected https, or http on localhost`);
    }
  }
  return findings;
}
