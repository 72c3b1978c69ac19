import type { LinkStore, NewLink, OneTimeLink } from '../../port/links.ts';
import type { WorkEngine } from '../work-engine.ts';
import { findLink, findLinkOf, putLink, removeLink, useLink } from './links.ts';

/** One-time links in a SQL database. */
export class SqlLinks implements LinkStore {
  readonly #engine: WorkEngine;

  constructor(engine: WorkEngine) {
    this.#engine = engine;
  }

  putLink(link: NewLink): Promise<boolean> {
    return this.#engine.changeAlone(() => putLink(link));
  }

  findLink(tokenDigest: Uint8Array, nowMs: number): Promise<OneTimeLink | undefined> {
    return this.#engine.read(findLink(tokenDigest, nowMs));
  }

  findLinkOf(userId: string, nowMs: number): Promise<OneTimeLink | undefined> {
    return this.#engine.read(findLinkOf(userId, nowMs));
  }

  useLink(tokenDigest: Uint8Array, nowMs: number): Promise<boolean> {
    return this.#engine.change(() => useLink(tokenDigest, nowMs));
  }

  removeLink(userId: string): Promise<boolean> {
    return this.#engine.change(() => removeLink(userId));
  }
}
