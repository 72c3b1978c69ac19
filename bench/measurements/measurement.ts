import { jobNames, type ServiceName } from './figures.ts';

/** What can be asked for by itself. */
export const measurementNames = [...jobNames, 'latency', 'start', 'sessions'] as const;
export type MeasurementName = (typeof measurementNames)[number];

/** The others read only, or write the same whenever it is committed: they are measured of the peer once. */
const changedByGrouping: readonly MeasurementName[] = ['sign-ins', 'refreshes', 'latency'];

/** Whether a measurement is taken of a service: of the peer with group commit, only where that makes a difference. */
export function isMeasured(measurement: MeasurementName, service: ServiceName): boolean {
  return service !== 'peer-grouped' || changedByGrouping.includes(measurement);
}
