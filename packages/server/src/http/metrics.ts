const DURATION_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5] as const;

interface Durations {
  readonly buckets: number[];
  sumSeconds: number;
  count: number;
}

type MetricType = 'counter' | 'gauge' | 'histogram';

/**
 * Metrics in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). Written by hand,
 * because the client library for Node takes 20 MB and 30 ms of a start (docs/decisions/0004).
 */
export class Metrics {
  readonly #startedAtSeconds = Math.floor((Date.now() - performance.now()) / 1000);
  readonly #requests = new Map<string, number>();
  readonly #durations = new Map<string, Durations>();
  readonly #events = new Map<string, number>();
  readonly #drops = new Map<string, number>();
  readonly #mails = new Map<string, number>();
  readonly #refused = new Map<string, number>();

  /** @param operation - one of a few names: each makes its own series */
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

  /** @param what - one of a few kinds */
  countDrop(what: string): void {
    add(this.#drops, `what="${what}"`);
  }

  /** @param outcome - one of a few */
  countMail(outcome: string): void {
    add(this.#mails, `outcome="${outcome}"`);
  }

  /** Tells whether the content of a file, as it is now, was refused, so that an older one is in use. */
  setRefused(file: 'directory' | 'certificate', isRefused: boolean): void {
    this.#refused.set(`file="${file}"`, isRefused ? 1 : 0);
  }

  render(): string {
    return [
      ...family(
        'latchkey_http_requests_total',
        'counter',
        'Requests answered, by operation and status.',
        this.#requests,
      ),
      ...this.#renderDurations(),
      ...family('latchkey_audit_events_total', 'counter', 'Audit events, by kind.', this.#events),
      ...family(
        'latchkey_dropped_total',
        'counter',
        'Requests and waiting things given up as a bound was reached, by kind.',
        this.#drops,
      ),
      ...family(
        'latchkey_mails_total',
        'counter',
        'Mails, by what became of them: sent, delayed (tried again later), failed or dropped.',
        this.#mails,
      ),
      ...family(
        'latchkey_file_refused',
        'gauge',
        'Whether what a file has now was refused, and an older content is in use: 1, or 0.',
        this.#refused,
      ),
      ...single(
        'process_start_time_seconds',
        'gauge',
        'Start time of the process, in Unix time.',
        this.#startedAtSeconds,
      ),
      ...single('process_resident_memory_bytes', 'gauge', 'Resident memory.', process.memoryUsage.rss()),
      ...single('process_cpu_seconds_total', 'counter', 'CPU time used by the process.', cpuSeconds()),
      '',
    ].join('\n');
  }

  *#renderDurations(): Iterable<string> {
    const name = 'latchkey_http_request_duration_seconds';
    yield* header(name, 'histogram', 'Time from the last byte of a request to its answer, by operation.');
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

function header(name: string, type: MetricType, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

/** A metric with a series for each set of labels. */
function family(name: string, type: MetricType, help: string, values: ReadonlyMap<string, number>): string[] {
  return [
    ...header(name, type, help),
    ...Array.from(values, ([labels, value]) => `${name}{${labels}} ${value}`),
  ];
}

/** A metric with one series, which has no labels. */
function single(name: string, type: MetricType, help: string, value: number): string[] {
  return [...header(name, type, help), `${name} ${value}`];
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
