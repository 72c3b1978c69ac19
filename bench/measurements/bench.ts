import type { Cores } from '../machine/cores.ts';
import type { Workspace } from '../machine/workspace.ts';
import type { Progress } from '../report/progress.ts';
import type { Service } from '../services/service.ts';
import type { Figures } from './figures.ts';

/** What all measurements use. */
export interface Bench {
  readonly services: readonly Service[];
  readonly workspace: Workspace;
  readonly cores: Cores;
  readonly figures: Figures;
  readonly progress: Progress;
  readonly settings: Settings;
}

/** How much is measured, and how often. */
export interface Settings {
  /** Number of requests in flight. */
  readonly concurrency: number;
  /** Number of throughput and latency measurements of each service; the services take turns. */
  readonly rounds: number;
  /** Duration of each of them, in seconds. */
  readonly seconds: number;
  /** Number of starts of each service. */
  readonly starts: number;
  /** Number of sign-ins for the measurement of memory and disk. */
  readonly sessions: number;
  readonly showOutput: boolean;
  /** Folder for CPU profiles of the servers; absent: none are made. */
  readonly profileFolder?: string;
}
