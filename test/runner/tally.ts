import { resolve } from 'node:path';
import type { TestEvent } from 'node:test/reporters';

type Event<Type extends TestEvent['type']> = Extract<TestEvent, { readonly type: Type }>;
type Ended = Event<'test:pass' | 'test:fail'>['data'];
export type CoverageSummary = Event<'test:coverage'>['data']['summary'];

/** How much of what a file printed is told when it could not be run to its end. */
const MOST_LINES = 40;

/** A test that did not run, and why. */
export interface Skip {
  readonly file: string;
  readonly title: string;
  /** Empty when the test gave no reason. */
  readonly reason: string;
}

/** A test that failed, or a file that could not be run to its end. */
export interface Failure {
  readonly file: string;
  readonly line: number | undefined;
  /** The titles of the suites around the test and its own, joined by ` > `. */
  readonly title: string;
  readonly error: unknown;
}

export interface Counts {
  readonly passed: number;
  /** Tests that failed, and those that were cancelled because one around them failed or ended too early. */
  readonly failed: number;
  readonly skipped: number;
  readonly todo: number;
}

/** What happened in a run of tests, gathered from the events of `node:test`. */
export class Tally {
  readonly failures: Failure[] = [];
  readonly skips: Skip[] = [];
  /** What the runner itself complains of, e.g. that coverage could not be measured. */
  readonly complaints: string[] = [];
  /** Files that were running when the run was interrupted. */
  readonly interrupted: string[] = [];
  /** Seconds each file took, by its name. */
  readonly fileSeconds = new Map<string, number>();
  filesFound = 0;
  filesEnded = 0;
  testsEnded = 0;
  counts: Counts | undefined;
  coverage: CoverageSummary | undefined;
  durationMs = 0;
  readonly #folder: string;
  /** Files whose processes have begun and not ended. */
  readonly #running = new Set<string>();
  /** The titles that the test now reported stands in, by file. */
  readonly #titles = new Map<string, string[]>();
  /** What each file printed. */
  readonly #printed = new Map<string, string>();

  /** @param folder - where the run was started; files are named from there */
  constructor(folder: string) {
    this.#folder = folder;
  }

  add(event: TestEvent): void {
    switch (event.type) {
      case 'test:enqueue':
        if (this.#isFile(event.data)) this.filesFound += 1;
        break;
      case 'test:start':
        this.#start(event.data);
        break;
      case 'test:dequeue':
        if (this.#isFile(event.data)) this.#running.add(event.data.name);
        break;
      case 'test:complete':
        if (this.#isFile(event.data)) this.#endFile(event.data.name, event.data.details.duration_ms);
        break;
      case 'test:pass':
        this.#end(event.data);
        break;
      case 'test:fail':
        this.#end(event.data);
        this.#fail(event.data);
        break;
      case 'test:stdout':
      case 'test:stderr': {
        const file = this.#fileOf(event.data);
        this.#printed.set(file, (this.#printed.get(file) ?? '') + event.data.message);
        break;
      }
      case 'test:diagnostic':
        if (event.data.level !== 'info') this.complaints.push(event.data.message);
        break;
      case 'test:coverage':
        this.coverage = event.data.summary;
        break;
      case 'test:interrupted':
        this.interrupted.push(...this.#running);
        break;
      case 'test:summary':
        if (event.data.file === undefined) this.#close(event.data);
        break;
    }
  }

  #isFile({ name, nesting, file }: { name: string; nesting: number; file?: string | undefined }): boolean {
    return nesting === 0 && file !== undefined && resolve(this.#folder, name) === file;
  }

  #fileOf(data: { readonly file?: string | undefined; readonly entryFile?: string }): string {
    const file = data.entryFile ?? data.file ?? '';
    return file.startsWith(`${this.#folder}/`) ? file.slice(this.#folder.length + 1) : file;
  }

  #start(data: Event<'test:start'>['data']): void {
    const file = this.#fileOf(data);
    const titles = this.#titles.get(file) ?? [];
    titles.length = data.nesting;
    titles.push(data.name);
    this.#titles.set(file, titles);
  }

  #title(data: Ended): string {
    return (this.#titles.get(this.#fileOf(data)) ?? [data.name]).slice(0, data.nesting + 1).join(' > ');
  }

  #endFile(name: string, durationMs: number): void {
    this.filesEnded += 1;
    this.#running.delete(name);
    this.fileSeconds.set(name, durationMs / 1000);
  }

  #end(data: Ended): void {
    if (data.details.type !== 'suite' && !this.#isFile(data)) this.testsEnded += 1;
    if (data.skip === undefined || data.skip === false) return;
    const reason = typeof data.skip === 'string' ? data.skip : '';
    this.skips.push({ file: this.#fileOf(data), title: this.#title(data), reason });
  }

  #fail(data: Event<'test:fail'>['data']): void {
    if (data.todo !== undefined && data.todo !== false) return;
    const { error } = data.details;
    // Its own tests are told of already.
    if ('failureType' in error && error.failureType === 'subtestsFailed') return;
    const isFile = this.#isFile(data);
    this.failures.push({
      file: this.#fileOf(data),
      line: isFile ? undefined : data.line,
      title: isFile ? 'the file could not be run to its end' : this.#title(data),
      error: isFile ? this.#exitOf(data) : (error.cause ?? error),
    });
  }

  /** How the process of a file ended, which Node tells in members of the error, and what it printed last. */
  #exitOf(data: Event<'test:fail'>['data']): string {
    const { exitCode, signal } = data.details.error as { exitCode?: unknown; signal?: unknown };
    const how = typeof signal === 'string' ? `was ended by ${signal}` : `exited with ${String(exitCode)}`;
    const printed = this.#printed.get(this.#fileOf(data));
    if (printed === undefined) return `Its process ${how}, and printed nothing`;
    return [`Its process ${how}; it printed last:`, ...printed.trimEnd().split('\n').slice(-MOST_LINES)].join(
      '\n',
    );
  }

  #close({ counts, duration_ms }: Event<'test:summary'>['data']): void {
    const { tests, passed, skipped, todo } = counts;
    this.counts = { passed, failed: tests - passed - skipped - todo, skipped, todo };
    this.durationMs = duration_ms;
  }
}
