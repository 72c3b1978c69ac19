import { median } from '../load/statistics.ts';
import type { Service } from '../services/service.ts';

export type ServiceName = Service['name'];

/** What is done over and over, and counted. */
export const jobNames = ['sign-ins', 'refreshes', 'polls', 'checks'] as const;
export type Job = (typeof jobNames)[number];

/** Everything that is measured of a service. */
export type Measure =
  | `${Job} per second`
  | `${Job} p50 ms`
  | `${Job} p99 ms`
  /** Processor time of the server for one job. */
  | `${Job} cpu ms`
  /** Share of the time, 0 to 1, that the load was busy: near 1 it was the bottleneck, and not the server. */
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

/** What was measured: each measure of each service, or whatever is compared, any number of times. */
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

  /** Every single one, in the order they were measured. */
  toJSON(): readonly Figure<Of, By>[] {
    return this.#figures;
  }
}
