import * as v from 'valibot';
import { isLoopback } from '../net/loopback.ts';
import type { Finding } from './check-values.ts';
import { settingsSchema } from './settings-schema.ts';

const { baseUrl, listen, tls, trustedProxies } = settingsSchema.entries;
const networkSchema = v.object({ baseUrl, listen, tls, trustedProxies });

const unprotected = 'plain http beyond this machine lets anyone on the way read passwords and tokens';

/** Refuses what would send secrets over a network in the clear. Says nothing where the settings are wrong in themselves. */
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
        `people and clients reach "${listen.host}" by another name; set baseUrl to it`,
      );
    }
  }
  if (baseUrl?.startsWith('http://')) {
    if (tls !== undefined) report(['baseUrl'], 'expected https, as tls is set');
    else if (!isLoopback(new URL(baseUrl).hostname)) {
      report(['baseUrl'], `${unprotected}; expected https, or http on localhost`);
    }
  }
  return findings;
}
