/**
 * Counts in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). Our own, as the
 * client library for Node has not been released for years, and takes 20 MB and 30 ms of a start (docs/decisions).
 */
const DURATION_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5] as const;

interface Durations {
  readonly buckets: number[];
  sumSeconds: number;
  count: number;
}

export class Metrics {
  readonly #startedAtSeconds = Math.floor((Date.now() - performance.now()) / 1000);
  readonly #requests = new Map<string, number>();
  readonly #durations = new Map<string, Durations>();
  readonly #events = new Map<string, number>();

  /** @param operation - one of few: each makes series of its own */
  countRequest(operation: string, status: number, seconds: number): void {
    add(this.#requests, `operation="${operation}",status="${status}"`);
    let durations = this.#durations.get(operation);
    if (durations === undefined) {
      durations = { buckets: DURATION_BUCKETS_SECONDS.map(() => 0), sumSeconds: 0, count: 0 };
      this.#durations.set(operation, durations);
    }
    durations.count += 1;
    durations.sumSeconds += seconds;
    const bucket = DURATION_BUCKETS_SECONDS.findIndex((limit) => seconds <= limit);
    if (bucket !== -1) durations.buckets[bucket] = (durations.buckets[bucket] ?? 0) + 1;
  }

  countEvent(event: string): void {
    add(this.#events, `event="${event}"`);
  }

  render(): string {
    return [
      ...family('latchkey_http_requests_total', 'counter', 'Requests answered.', this.#requests),
      ...this.#renderDurations(),
      ...family('latchkey_audit_events_total', 'counter', 'What happened, by kind of event.', this.#events),
      ...gauge(
        'process_start_time_seconds',
        'When the process started, in Unix time.',
        this.#startedAtSeconds,
      ),
      ...gauge('process_resident_memory_bytes', 'Resident memory.', process.memoryUsage.rss()),
      ...gauge('process_cpu_seconds_total', 'Processor time used.', cpuSeconds(), 'counter'),
      '',
    ].join('\n');
  }

  *#renderDurations(): Iterable<string> {
    const name = 'latchkey_http_request_duration_seconds';
    yield* header(name, 'histogram', 'Time from the last byte of a request to its answer.');
    for (const [operation, { buckets, sumSeconds, count }] of this.#durations) {
      let cumulative = 0;
      for (const [index, limit] of DURATION_BUCKETS_SECONDS.entries()) {
        cumulative += buckets[index] ?? 0;
        yield `${name}_bucket{operation="${operation}",le="${limit}"} ${cumulative}`;
      }
      yield `${name}_bucket{operation="${operation}",le="+Inf"} ${count}`;
      yield `${name}_sum{operation="${operation}"} ${sumSeconds}`;
      yield `${name}_count{operation="${operation}"} ${count}`;
    }
  }
}

function add(counts: Map<string, number>, labels: string): void {
  counts.set(labels, (counts.get(labels) ?? 0) + 1);
}

function header(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function family(name: string, type: string, help: string, values: ReadonlyMap<string, number>): string[] {
  return [
    ...header(name, type, help),
    ...Array.from(values, ([labels, value]) => `${name}{${labels}} ${value}`),
  ];
}

function gauge(name: string, help: string, value: number, type = 'gauge'): string[] {
  return [...header(name, type, help), `${name} ${value}`];
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
