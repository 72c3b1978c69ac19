import { isDeepStrictEqual } from 'node:util';
import type { Config } from './config.ts';

/** What is taken without a restart, or is no setting. */
const LIVE = ['file', 'directory', 'confirmedChange'];

/** @returns the names of the settings in which two configurations differ, without those that need no restart */
export function changedSettings(one: Config, other: Config): string[] {
  const before = leavesOf(one);
  const after = leavesOf(other);
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.filter((name) => !isDeepStrictEqual(before.get(name), after.get(name))).toSorted();
}

/** The settings, by their names in the file: durations have no unit there. */
function leavesOf(config: Config): ReadonlyMap<string, unknown> {
  const settings = Object.entries(config).filter(([key]) => !LIVE.includes(key));
  return new Map(settings.flatMap(([key, value]) => leavesAt(value, key)));
}

function leavesAt(value: unknown, name: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [[name.replace(/Seconds$/, ''), value]];
  }
  return Object.entries(value).flatMap(([key, part]) => leavesAt(part, `${name}.${key}`));
}
