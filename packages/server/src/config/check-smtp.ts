import * as v from 'valibot';
import type { Finding } from './check-values.ts';
import { settingsSchema } from './settings-schema.ts';

const smtpSchema = v.object({ smtp: settingsSchema.entries.smtp });
const ADDRESS = /^[^\s@<>"(),:;]{1,64}@[^\s@<>"(),:;]{1,255}$/;

/** Refuses a sender without an address, and a user without a password or the other way round. Other faults are those of the schema. */
export function checkSmtp(content: unknown): Finding[] {
  const result = v.safeParse(smtpSchema, content);
  if (!result.success || result.output.smtp === undefined) return [];
  const { from, user, passwordFile } = result.output.smtp;
  const findings: Finding[] = [];
  const report = (key: string, message: string) =>
    findings.push({ path: ['smtp', key], part: 'value', message: `smtp.${key}: ${message}` });
  const [, inBrackets] = /^[^<>]*<([^<>]+)>$/.exec(from) ?? [];
  if (!ADDRESS.test(inBrackets ?? from)) {
    report('from', 'expected an address, such as latchkey@example.com or Latchkey <latchkey@example.com>');
  }
  if (user !== undefined && passwordFile === undefined) {
    report('user', 'smtp.passwordFile is missing: set it, or leave out smtp.user');
  }
  if (user === undefined && passwordFile !== undefined) {
    report('passwordFile', 'smtp.user is missing: set it, or leave out smtp.passwordFile');
  }
  return findings;
}
