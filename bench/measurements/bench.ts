import type { Cores } from '../machine/cores.ts';
import type { Workspace } from '../machine/workspace.ts';
import type { Progress } from '../report/progress.ts';
import type { Service } from '../services/service.ts';
import type { Figures } from './figures.ts';

/** What every measurement works with. */
export interface Bench {
  readonly services: readonly Service[];
  readonly workspace: Workspace;
  readonly cores: Cores;
  readonly figures: Figures;
  readonly progress: Progress;
  readonly settings: Settings;
}

/** How much is measured. */
export interface Settings {
  /** Requests under way at once. */
  readonly concurrency: number;
  /** How often each throughput and latency is taken, the services in turn. */
  readonly rounds: number;
  /** How long each of them is taken for. */
  readonly seconds: number;
  /** How often each service is started. */
  readonly starts: number;
  /** How many sign-ins memory and disk are measured over. */
  readonly sessions: number;
  readonly showOutput: boolean;
}
