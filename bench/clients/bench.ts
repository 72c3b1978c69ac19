import type { Cores } from '../machine/cores.ts';
import type { Workspace } from '../machine/workspace.ts';
import type { Progress } from '../report/progress.ts';
import type { ComparedCall } from './calls.ts';
import type { ClientFigures } from './figures.ts';
import type { ClientSettings } from './options.ts';
import type { Side } from './sides.ts';

/** What all measurements use. */
export interface ClientBench {
  readonly sides: readonly Side[];
  /** Compared calls whose models are available. */
  readonly calls: readonly ComparedCall[];
  readonly workspace: Workspace;
  readonly cores: Cores;
  readonly figures: ClientFigures;
  readonly progress: Progress;
  readonly settings: ClientSettings;
}
