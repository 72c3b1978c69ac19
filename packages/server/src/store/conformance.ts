import { describe } from 'node:test';
import { attemptsConformance } from './conformance/attempts.ts';
import { authorizationsConformance } from './conformance/authorizations.ts';
import { deviceRequestsConformance } from './conformance/device-requests.ts';
import { signInSessionsConformance } from './conformance/sign-in-sessions.ts';
import { type OpenStore, testWith } from './conformance/store-test.ts';
import { sweepingConformance } from './conformance/sweeping.ts';

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
    attemptsConformance(testStore);
    sweepingConformance(testStore);
  });
}
