import { describe } from 'node:test';
import { answersConformance } from './testing/answers.ts';
import { attemptsConformance } from './testing/attempts.ts';
import { authorizationsConformance } from './testing/authorizations.ts';
import { deviceRequestsConformance } from './testing/device-requests.ts';
import { directoryConformance } from './testing/directory/directory.ts';
import { directoryHistoryConformance } from './testing/directory/history.ts';
import { factorsConformance } from './testing/factors.ts';
import { linksConformance } from './testing/links.ts';
import { noticesConformance } from './testing/notices.ts';
import { pendingBoundConformance } from './testing/pending-bound.ts';
import { sessionListsConformance } from './testing/session-lists.ts';
import { signInSessionsConformance } from './testing/sign-in-sessions.ts';
import { type StoreEngine, testWith } from './testing/store-test.ts';
import { sweepingConformance } from './testing/sweeping.ts';

/**
 * What every store must do, races included, as tests.
 */
export function storeConformance(engine: StoreEngine): void {
  describe(engine.name, () => {
    const testStore = testWith(engine);
    signInSessionsConformance(testStore);
    deviceRequestsConformance(testStore);
    pendingBoundConformance(testStore, engine);
    authorizationsConformance(testStore);
    answersConformance(testStore);
    sessionListsConformance(testStore);
    attemptsConformance(testStore);
    factorsConformance(testStore);
    linksConformance(testStore);
    noticesConformance(testStore);
    sweepingConformance(testStore);
    directoryConformance(testStore);
    directoryHistoryConformance(engine);
  });
}
