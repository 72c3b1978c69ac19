import { describe } from 'node:test';
import { answersConformance } from './testing/answers.ts';
import { attemptsConformance } from './testing/attempts.ts';
import { authorizationsConformance } from './testing/authorizations.ts';
import { deviceRequestsConformance } from './testing/device-requests.ts';
import { directoryConformance } from './testing/directory/directory.ts';
import { directoryHistoryConformance } from './testing/directory/history.ts';
import { signInSessionsConformance } from './testing/sign-in-sessions.ts';
import { type OpenStore, testWith } from './testing/store-test.ts';
import { sweepingConformance } from './testing/sweeping.ts';

/**
 * What every store must do, races included, as tests.
 *
 * @param name of the implementation
 * @param open - gives an empty store; each test closes its own
 */
export function storeConformance(name: string, open: OpenStore): void {
  describe(name, () => {
    const testStore = testWith(open);
    signInSessionsConformance(testStore);
    deviceRequestsConformance(testStore);
    authorizationsConformance(testStore);
    answersConformance(testStore);
    attemptsConformance(testStore);
    sweepingConformance(testStore);
    directoryConformance(testStore);
    directoryHistoryConformance(open);
  });
}
