import { median } from '../load/statistics.ts';
import type { Service } from '../services/service.ts';

export type ServiceName = Service['name'];

/** Jobs that are repeated and counted. */
export const jobNames = ['sign-ins', 'refreshes', 'polls', 'checks'] as const;
export type Job = (typeof jobNames)[number];

/** All measures of a service. */
export type Measure =
  | `${Job} per second`
  | `${Job} p50 ms`
  | `${Job} p99 ms`
  /** Processor time of the server for each job. */
  | `${Job} cpu ms`
  /** Share of time, from 0 to 1, in which the load generator was busy. Near 1, it was the bottleneck, not the server. */
  | `${Job} load busy`
  | 'refresh at half capacity p99 ms'
  | 'start ms'
  | 'memory after start bytes'
  | 'memory growth bytes'
  | 'disk bytes';

interface Figure<Of, By> {
  readonly measure: Of;
  readonly service: By;
  readonly value: number;
}

/** Measured values, by measure and service (or whatever is compared), any number of each. */
export class Figures<Of extends string = Measure, By extends string = ServiceName> {
  readonly #figures: Figure<Of, By>[] = [];

  add(measure: Of, service: By, value: number): void {
    this.#figures.push({ measure, service, value });
  }

  /** @returns `undefined` when it was not measured */
  median(measure: Of, service: By): number | undefined {
    const values = this.#figures.filter((figure) => figure.measure === measure && figure.service === service);
    return values.length === 0 ? undefined : median(values.map(({ value }) => value));
  }

  /** All single values, in the order in which they were measured. */
  toJSON(): readonly Figure<Of, By>[] {
    return this.#figures;
  }
}
