import { randomUUID } from 'node:crypto';
import type { Audit } from '../audit/audit.ts';
import type { Origin } from '../origin.ts';
import type { Notice, NoticeStore } from '../store/port/notices.ts';
import { happeningOf, type PersonalHappening, renderDetail } from './happening.ts';

/** The most notices of one person; older ones go. */
export const MOST_NOTICES = 50;

export interface Telling {
  readonly store: { readonly notices: NoticeStore };
  readonly now: () => number;
  /** Sends a notice by mail, where that can be done. Never rejects. */
  readonly mail?: (told: PersonalHappening, notice: Notice) => void;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Keeps what happens to people, as the audit has it, so that they are told: by mail, or on the pages after their next sign-in. Nobody who
 * signs in waits for it. One audit has everything that happens, so nothing that changes how somebody signs in can be left out.
 *
 * @returns an audit that records as the given one does, and `settle`, which resolves once what was recorded is kept
 */
export function tellPeople(
  audit: Audit,
  telling: Telling,
): { readonly audit: Audit; settle(): Promise<void> } {
  const running = new Set<Promise<void>>();
  const record = (event: Parameters<Audit['record']>[0], origin: Origin) => {
    audit.record(event, origin);
    const told = happeningOf(event, origin);
    if (told === undefined) return;
    const kept = keep(told, telling).catch(telling.onFailure);
    running.add(kept);
    void kept.finally(() => running.delete(kept));
  };
  return {
    audit: { record },
    async settle() {
      await Promise.all(running);
    },
  };
}

async function keep(told: PersonalHappening, { store, now, mail }: Telling): Promise<void> {
  const nowMs = now();
  const { userId, happening, atMs = nowMs, isTold } = told;
  const notice: Notice = {
    ...{ id: randomUUID(), kind: happening.kind, atMs, detail: renderDetail(happening) },
    toldAtMs: isTold ? nowMs : null,
  };
  const isKept = await store.notices.addNotice(userId, notice, MOST_NOTICES);
  if (isKept && !isTold) mail?.(told, notice);
}
