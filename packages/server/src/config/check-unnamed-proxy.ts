import * as v from 'valibot';
import { isLoopback } from '../net/loopback.ts';
import type { Finding } from './check-values.ts';
import { settingsSchema } from './settings-schema.ts';

const { baseUrl, listen, tls, trustedProxies } = settingsSchema.entries;
const networkSchema = v.object({ baseUrl, listen, tls, trustedProxies });

/**
 * Refuses settings by which people come through a reverse proxy that is not named: they come by https, and the server speaks
 * plain http. Settings that are invalid in themselves are skipped.
 */
export function checkUnnamedProxy(content: unknown): Finding[] {
  const result = v.safeParse(networkSchema, content);
  if (!result.success) return [];
  const { baseUrl, listen, tls, trustedProxies } = result.output;
  const isUnnamed =
    baseUrl?.startsWith('https://') === true &&
    tls === undefined &&
    trustedProxies.length === 0 &&
    isLoopback(listen.host); // elsewhere plain http is refused for another reason
  if (!isUnnamed) return [];
  const message =
    'baseUrl: people come by https, and without tls this server speaks plain http, so a reverse proxy is in front of it; everybody would have the address of that proxy, and one stranger could use up the limits of all; set trustedProxies to its address (127.0.0.1 and ::1 for one on this machine), or set tls';
  return [{ path: ['baseUrl'], part: 'value', message }];
}
