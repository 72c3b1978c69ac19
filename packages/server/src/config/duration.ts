const short = /^(?=\d)(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/;
const iso = /^P(?=\d|T\d)(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/;

/** Matches both notations of a duration, for the JSON schema. */
export const durationPattern = new RegExp(`${short.source}|${iso.source}`);

/**
 * Parses a duration in short notation (`15m`, `8h`, `90d`, `1h30m`) or in ISO 8601 without months and years (`PT1H`, `P90D`).
 *
 * @returns seconds; `undefined` when the text is not a duration
 */
export function parseDuration(text: string): number | undefined {
  const [matched, days = 0, hours = 0, minutes = 0, seconds = 0] = short.exec(text) ?? iso.exec(text) ?? [];
  if (matched === undefined) return undefined;
  return Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}

/** Renders whole seconds in short notation: 5400 is `1h30m`. */
export function renderDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`);
  return shown.length === 0 ? '0s' : shown.join('');
}
