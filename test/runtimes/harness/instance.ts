import assert from 'node:assert/strict';
import { type Latchkey, type LatchkeyOptions, startLatchkey } from 'latchkey/testing';

/** An instance where alice has one role. */
export function startInstance(settings: LatchkeyOptions['settings'] = {}): Promise<Latchkey> {
  return startLatchkey({ users: [{ userName: 'alice' }], settings });
}

/** What the sign-in program is told on the command line. */
export function argumentsFor({ url, region, startUrl }: Latchkey): readonly string[] {
  return [url, region, startUrl];
}

/**
 * Reads what the sign-in program tells: a code, which is confirmed as alice once the program has seen that nobody has
 * yet, and her role at the end.
 */
export async function assertSignsIn(latchkey: Latchkey, lines: AsyncIterable<string>): Promise<void> {
  let userCode: string | undefined;
  let lastLine = '';
  for await (const line of lines) {
    if (userCode === undefined) {
      userCode = line;
    } else if (lastLine === userCode) {
      assert.equal(line, 'pending');
      await latchkey.approve(userCode, 'alice');
    } else if (line !== 'pending') {
      assert.match(line, /^arn:aws:sts::111122223333:assumed-role\/\w+\/alice$/);
    }
    lastLine = line;
  }
  assert.match(lastLine, /^arn:/);
}
