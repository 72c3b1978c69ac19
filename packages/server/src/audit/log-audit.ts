import type { Metrics } from '../http/metrics.ts';
import type { Logger } from '../log/logger.ts';
import type { Audit } from './audit.ts';

/** Records events as log lines marked `audit`, and counts them. */
export function logAudit(logger: Logger, metrics: Metrics): Audit {
  return {
    record({ event, ...detail }, { address, requestId }) {
      logger.info({ audit: event, ...detail, address, requestId }, event);
      metrics.countEvent(event);
    },
  };
}
