import { join } from 'node:path';
import { type InstanceData, openDataFolder } from '../../data-folder.ts';
import { signInAlice, startSession } from '../../store/testing/rows.ts';
import { writeBackup } from '../write-backup.ts';

export const INSTANCE_ID = 'ssoins-0123456789abcdef';
export const NOW_MS = Date.parse('2026-01-01T12:00:00Z');

/** Ids of a sign-in session of a browser and of a session of a client that was allowed in it. */
export interface UsedFolder {
  readonly folder: InstanceData;
  readonly signInSessionId: number;
  readonly authorizationId: number;
}

/** The data folder of a running server, in which alice is signed in. */
export async function openUsedFolder(dataDir: string): Promise<UsedFolder> {
  const folder = openFolder(dataDir);
  const approval = await signInAlice(folder.store);
  const authorizationId = await startSession(folder.store, approval);
  return { folder, signInSessionId: approval.signInSessionId, authorizationId };
}

export function openFolder(dataDir: string): InstanceData {
  return openDataFolder(dataDir, { nowMs: NOW_MS, warn() {}, storeOptions: {} });
}

/** Makes a backup of the data folder beside it. @returns its path */
export async function backUp(dataDir: string, name = 'backup', { withKeys = false } = {}): Promise<string> {
  const file = join(dataDir, '..', name);
  const signal = new AbortController().signal;
  const options = { dataDir, instanceId: INSTANCE_ID, withKeys, nowMs: NOW_MS, signal, onProgress() {} };
  await writeBackup(file, options);
  return file;
}
