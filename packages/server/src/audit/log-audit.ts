import type { Metrics } from '../http/metrics.ts';
import type { Log } from '../log/logger.ts';
import type { Audit } from './audit.ts';

/** Records audit events as log lines marked `audit`, which leave the log's buffer at once, and counts them. */
export function logAudit({ logger, flushSoon }: Log, metrics: Metrics): Audit {
  return {
    record({ event, ...detail }, { address, requestId }) {
      logger.info({ audit: event, ...detail, address, requestId }, event);
      flushSoon();
      metrics.countEvent(event);
    },
  };
}
