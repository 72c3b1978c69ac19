import type { Keys } from '../keys/keys.ts';
import type { FactorStore } from '../store/port/factors.ts';
import { openTotpSecret, sealTotpSecret } from './totp.ts';

const AT_ONCE = 100;
const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 3_600_000;

/**
 * Seals secrets anew that a key of before has sealed, as a key is dropped some time after the next one, and a factor is not.
 *
 * @returns how many were sealed anew
 */
export async function resealSecrets(keys: Keys, factors: FactorStore): Promise<number> {
  let resealed = 0;
  for (const keyId of keys.ids.filter((id) => id !== keys.currentId)) {
    let done: number;
    do {
      done = 0;
      for (const factor of await factors.listSealedUnder(keyId, AT_ONCE)) {
        const secret = await openTotpSecret({ keys }, factor);
        if (secret === undefined) continue;
        const sealed = sealTotpSecret(keys, factor.id, secret);
        if (await factors.resealFactor(factor.id, factor.sealedSecret, sealed)) done += 1;
      }
      resealed += done;
    } while (done > 0);
  }
  return resealed;
}

/** Seals secrets anew from time to time. @returns stops it */
export function startResealing(
  { keys, store }: { readonly keys: Keys; readonly store: { readonly factors: FactorStore } },
  onFailure: (error: unknown) => void,
): () => void {
  const reseal = () => void resealSecrets(keys, store.factors).catch(onFailure);
  const timer = setInterval(reseal, EVERY_MS).unref();
  const first = setTimeout(reseal, FIRST_AFTER_MS).unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}
