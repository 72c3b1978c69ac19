import { jobNames, type ServiceName } from './figures.ts';

/** Measurements that can be chosen on the command line. */
export const measurementNames = [...jobNames, 'latency', 'start', 'sessions'] as const;
export type MeasurementName = (typeof measurementNames)[number];

/** Measurements that group commit changes. The others only read, or write the same in either mode. */
const changedByGrouping: readonly MeasurementName[] = ['sign-ins', 'refreshes', 'latency'];

/**
 * Whether a service takes part in a measurement. The peer with group commit does only where that makes a difference; with its
 * store in PostgreSQL, Latchkey's sessions are neither in its memory nor on its disk.
 */
export function isMeasured(measurement: MeasurementName, service: ServiceName): boolean {
  if (service === 'postgresql') return measurement !== 'sessions';
  return service !== 'peer-grouped' || changedByGrouping.includes(measurement);
}
