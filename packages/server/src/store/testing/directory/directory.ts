import type { StoreTest } from '../store-test.ts';
import { directoryAccessConformance } from './access.ts';
import { directoryConflictsConformance } from './conflicts.ts';
import { directoryEntriesConformance } from './entries.ts';
import { directoryListsConformance } from './lists.ts';
import { directorySessionsConformance } from './sessions.ts';
import { directorySourcesConformance } from './sources.ts';
import { directorySweepingConformance } from './sweeping.ts';
import { directoryUsersConformance } from './users.ts';

/** What every store must do with the directory. */
export function directoryConformance(testStore: StoreTest): void {
  directoryEntriesConformance(testStore);
  directoryConflictsConformance(testStore);
  directorySourcesConformance(testStore);
  directoryUsersConformance(testStore);
  directoryAccessConformance(testStore);
  directoryListsConformance(testStore);
  directorySessionsConformance(testStore);
  directorySweepingConformance(testStore);
}
