import { jobNames, type ServiceName } from './figures.ts';

/** Measurements that can be chosen on the command line. */
export const measurementNames = [...jobNames, 'latency', 'start', 'sessions'] as const;
export type MeasurementName = (typeof measurementNames)[number];

/** Measurements that group commit changes. The others only read, or write the same in either mode. */
const changedByGrouping: readonly MeasurementName[] = ['sign-ins', 'refreshes', 'latency'];

/** Whether a service takes part in a measurement. The peer with group commit does only where that makes a difference. */
export function isMeasured(measurement: MeasurementName, service: ServiceName): boolean {
  return service !== 'peer-grouped' || changedByGrouping.includes(measurement);
}
