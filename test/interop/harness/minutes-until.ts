/**
 * How far away a time is by the system's clock, which real clients go by. Bounds for it need minutes to spare.
 *
 * @param instant - milliseconds since the Unix epoch, or a date as JSON has it
 */
export function minutesUntil(instant: number | string): number {
  // wall-clock: real clients have no other clock; what it is compared with has minutes to spare
  return (new Date(instant).getTime() - Date.now()) / 60_000;
}
