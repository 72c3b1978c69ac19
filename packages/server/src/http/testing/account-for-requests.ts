import assert from 'node:assert/strict';

/** One kind of request. @returns whether it was accepted */
export type Ask = () => Promise<boolean>;

/** How many requests of one kind were accepted, by when they began: before or after the answer to the call that ends. */
interface Accepted {
  acceptedBefore: number;
  askedAfter: number;
  acceptedAfter: number;
}

const ASKED_BEFORE = 3;
const ASKED_AFTER = 10;

/**
 * Sends requests of each kind one after the other, all kinds at once, while something is ended, and accounts for each: those that
 * begin after the answer to the ending call must be refused, all of them.
 *
 * @param end - resolves with the answer to the ending call
 */
export async function assertAllRefusedAfter(
  kinds: Readonly<Record<string, Ask>>,
  end: () => Promise<unknown>,
): Promise<void> {
  let isEnded = false;
  const all = Object.entries(kinds).map(([name, ask]) => {
    const counted: Accepted = { acceptedBefore: 0, askedAfter: 0, acceptedAfter: 0 };
    const isUnderWay = Promise.withResolvers<void>();
    const run = async () => {
      while (counted.askedAfter < ASKED_AFTER) {
        const beganAfter = isEnded;
        const isAccepted = await ask();
        if (beganAfter) {
          counted.askedAfter += 1;
          counted.acceptedAfter += Number(isAccepted);
          continue;
        }
        counted.acceptedBefore += Number(isAccepted);
        if (counted.acceptedBefore >= ASKED_BEFORE) isUnderWay.resolve();
        else assert.ok(isAccepted, `${name} was refused before anything was ended`);
      }
    };
    const done = run();
    done.catch(isUnderWay.reject);
    return { name, counted, isUnderWay: isUnderWay.promise, done };
  });
  await Promise.all(all.map(({ isUnderWay }) => isUnderWay));
  await end();
  isEnded = true;
  await Promise.all(all.map(({ done }) => done));
  assert.deepEqual(
    Object.fromEntries(all.map(({ name, counted }) => [name, [counted.askedAfter, counted.acceptedAfter]])),
    Object.fromEntries(all.map(({ name }) => [name, [ASKED_AFTER, 0]])),
    'requests that began after the answer, and those of them that were accepted',
  );
}
