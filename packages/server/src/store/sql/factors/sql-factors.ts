import type {
  Factor,
  FactorStore,
  FactorUse,
  PasskeyFactor,
  RecoveryCodes,
  SealedFactor,
} from '../../port/factors.ts';
import type { WorkEngine } from '../work-engine.ts';
import {
  addFactor,
  findPasskey,
  listFactors,
  listSealedUnder,
  removeFactor,
  resealFactor,
  useFactor,
} from './factors.ts';
import { countRecoveryCodes, replaceRecoveryCodes, useRecoveryCode } from './recovery-codes.ts';

/** The factors in a SQL database. */
export class SqlFactors implements FactorStore {
  readonly #engine: WorkEngine;

  constructor(engine: WorkEngine) {
    this.#engine = engine;
  }

  listFactors(userId: string): Promise<readonly Factor[]> {
    return this.#engine.read(listFactors(userId));
  }

  findPasskey(credentialId: Uint8Array): Promise<(PasskeyFactor & { readonly userId: string }) | undefined> {
    return this.#engine.read(findPasskey(credentialId));
  }

  addFactor(userId: string, factor: Factor, most: number): Promise<'added' | 'taken' | 'tooMany' | 'noUser'> {
    return this.#engine.changeAlone(() => addFactor(userId, factor, most));
  }

  removeFactor(userId: string, factorId: string): Promise<boolean> {
    return this.#engine.changeAlone(() => removeFactor(userId, factorId));
  }

  useFactor(factorId: string, use: FactorUse): Promise<boolean> {
    return this.#engine.change(() => useFactor(factorId, use));
  }

  resealFactor(factorId: string, before: Uint8Array, sealedSecret: Uint8Array): Promise<boolean> {
    return this.#engine.change(() => resealFactor(factorId, before, sealedSecret));
  }

  listSealedUnder(keyId: number, limit: number): Promise<readonly SealedFactor[]> {
    return this.#engine.read(listSealedUnder(keyId, limit));
  }

  replaceRecoveryCodes(userId: string, digests: readonly Uint8Array[], nowMs: number): Promise<boolean> {
    return this.#engine.changeAlone(() => replaceRecoveryCodes(userId, digests, nowMs));
  }

  useRecoveryCode(userId: string, digest: Uint8Array, nowMs: number): Promise<boolean> {
    return this.#engine.change(() => useRecoveryCode(userId, digest, nowMs));
  }

  countRecoveryCodes(userId: string): Promise<RecoveryCodes | undefined> {
    return this.#engine.read(countRecoveryCodes(userId));
  }
}
