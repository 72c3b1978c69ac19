import * as v from 'valibot';
import type { Finding } from './check-values.ts';
import { settingsSchema } from './settings-schema.ts';

const { listen, metrics } = settingsSchema.entries;
const portsSchema = v.object({ listen, metrics });

/** Refuses one port for people and for metrics. Settings that are invalid in themselves are skipped. */
export function checkMetricsPort(content: unknown): Finding[] {
  const { success, output } = v.safeParse(portsSchema, content);
  if (!success || output.metrics === undefined || output.metrics.port === 0) return [];
  if (output.metrics.port !== output.listen.port) return [];
  const message =
    'metrics.port: expected another port than listen.port; remove metrics to serve /metrics beside everything else';
  return [{ path: ['metrics', 'port'], part: 'value', message }];
}
