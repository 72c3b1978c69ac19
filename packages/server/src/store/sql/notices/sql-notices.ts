import type { Notice, NoticeStore } from '../../port/notices.ts';
import type { WorkEngine } from '../work-engine.ts';
import { addNotice, listNotices, noteTold } from './notices.ts';

/** What people are told of, in a SQL database. */
export class SqlNotices implements NoticeStore {
  readonly #engine: WorkEngine;

  constructor(engine: WorkEngine) {
    this.#engine = engine;
  }

  addNotice(userId: string, notice: Notice, most: number): Promise<boolean> {
    return this.#engine.change(() => addNotice(userId, notice, most));
  }

  listNotices(
    userId: string,
    page: { readonly untold?: true; readonly limit: number },
  ): Promise<readonly Notice[]> {
    return this.#engine.read(listNotices(userId, page));
  }

  noteTold(
    userId: string,
    told: { readonly untilMs: number } | { readonly id: string },
    nowMs: number,
  ): Promise<void> {
    return this.#engine.change(() => noteTold(userId, told, nowMs));
  }
}
