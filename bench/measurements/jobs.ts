import type { Tokens } from '../services/service.ts';
import type { Job } from './figures.ts';
import { makeMany, type Site, type Worker, withWorkers } from './site.ts';

/** Number of sessions to refresh and check. The jobs take them in turn, with the tokens handed out last. */
const sessionCount = 2048;

/** Number of device codes to poll: where polling is limited, enough that none is polled more often than allowed. */
const pendingCount = 2048;
const pendingCountIfLimited = 32_768;

/** A site, with what each job needs. */
export interface Stage {
  readonly site: Site;
  readonly sessions: Tokens[];
  readonly pendingDeviceCodes: readonly string[];
}

export async function setStage(site: Site, names: readonly Job[]): Promise<Stage> {
  const { client, service } = site;
  const pending = service.dialect.limitsPolling ? pendingCountIfLimited : pendingCount;
  const needs = (...jobs: Job[]) => jobs.some((job) => names.includes(job));
  return withWorkers(site, async (workers) => ({
    site,
    sessions: await makeMany(workers, needs('refreshes', 'checks') ? sessionCount : 0, (worker) =>
      signIn(site, worker),
    ),
    pendingDeviceCodes: await makeMany(workers, needs('polls') ? pending : 0, async ({ connection }) => {
      const { deviceCode } = await service.dialect.start(connection, client);
      return deviceCode;
    }),
  }));
}

/** Makes a session: starts a device authorization, approves it and redeems it. */
export async function signIn(
  { service: { dialect }, client }: Site,
  { connection, browser }: Worker,
): Promise<Tokens> {
  const { deviceCode, userCode } = await dialect.start(connection, client);
  await dialect.approve(connection, browser, userCode);
  return dialect.redeem(connection, client, deviceCode);
}

/** The function that makes a worker's job, for each kind of job. */
export const jobs: Record<Job, (stage: Stage, worker: Worker, share: Share) => () => Promise<void>> = {
  'sign-ins':
    ({ site: { service, client } }, { connection, browser }) =>
    async () => {
      const { dialect } = service;
      const { deviceCode, userCode } = await dialect.start(connection, client);
      await dialect.pollPending(connection, client, deviceCode);
      await dialect.approve(connection, browser, userCode);
      const { refreshToken } = await dialect.redeem(connection, client, deviceCode);
      const { accessToken } = await dialect.refresh(connection, client, refreshToken);
      await dialect.check(connection, client, accessToken);
    },

  refreshes: ({ site: { service, client }, sessions }, { connection }, share) => {
    const next = takeTurns(sessions.length, share);
    return async () => {
      const at = next();
      sessions[at] = await service.dialect.refresh(connection, client, sessions[at]!.refreshToken);
    };
  },

  polls: ({ site: { service, client }, pendingDeviceCodes }, { connection }, share) => {
    const next = takeTurns(pendingDeviceCodes.length, share);
    return () => service.dialect.pollPending(connection, client, pendingDeviceCodes[next()]!);
  },

  checks: ({ site: { service, client }, sessions }, { connection }, share) => {
    const next = takeTurns(sessions.length, share);
    return () => service.dialect.check(connection, client, sessions[next()]!.accessToken);
  },
};

/** A worker's share of the sessions and codes: no two workers refresh the same session. */
export interface Share {
  readonly index: number;
  readonly of: number;
}

/** Makes the jobs of all workers. */
export function jobsOf(stage: Stage, job: Job, workers: readonly Worker[]): (() => Promise<void>)[] {
  return workers.map((worker, index) => jobs[job](stage, worker, { index, of: workers.length }));
}

/** Makes a function that gives the indexes below `length` that belong to a share, in turn. */
function takeTurns(length: number, { index, of }: Share): () => number {
  let next = index;
  return () => {
    const turn = next;
    next = next + of < length ? next + of : index;
    return turn;
  };
}
