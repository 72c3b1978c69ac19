import { renderDuration } from '../../config/duration.ts';
import { canMeet } from '../../policy/judge.ts';
import type { RequiredFactors } from '../../policy/rules.ts';
import { tablePrinter } from '../entries/render-table.ts';
import type { Explained, ExplainedAct, ExplainedRule, Explanation } from './explain-policy.ts';

const headings = {
  signIn: () => 'To sign in, and on every page:',
  allow: ({ client }: Explanation['subject']) =>
    `To allow a program (client: ${client}), and while it acts for them:`,
  changeFactors: () => 'To change how they sign in:',
  getRoleCredentials: ({ role }: Explanation['subject']) => `For role credentials of ${role?.name}:`,
} as const satisfies Record<ExplainedAct['act'], (subject: Explanation['subject']) => string>;

const factorNames = {
  secondFactor: 'a second factor',
  passkey: 'a passkey',
} as const satisfies Record<RequiredFactors, string>;

/** @returns the lines that a person reads */
export function renderExplanation(explanation: Explanation): readonly string[] {
  const { subject, acts, file } = explanation;
  const { userName, groups, role } = subject;
  const of = groups.length === 0 ? 'in no group' : `in ${groups.join(', ')}`;
  return [
    `${userName} (${of}), by ${file}:`,
    ...acts.flatMap((act) => ['', headings[act.act](subject), ...renderAct(act)]),
    ...(role?.account ? ['', describeAssignment(userName, role.name, role.account)] : []),
    ...renderDeviceSignIn(explanation),
    ...['', ...describeFactors(explanation)],
    ...renderOtherRules(explanation),
    ...explanation.warnings.flatMap((warning, index) => [
      ...(index === 0 ? [''] : []),
      `Warning: ${warning}`,
    ]),
  ];
}

function renderAct(act: ExplainedAct): readonly string[] {
  const { factors, recentSignInSeconds: recent, networks, signInSessionSeconds, sessionSeconds } = act;
  const rows = [
    ...(factors ? [['signed in with', factorNames[factors.value], describeWhy(factors)]] : []),
    ...(recent ? [['signed in within', renderDuration(recent.value), describeWhy(recent)]] : []),
    ...networks.map((each) => ['from', each.value.join(', '), describeWhy(each)]),
    ...(signInSessionSeconds
      ? [['for', renderDuration(signInSessionSeconds.value), describeWhy(signInSessionSeconds)]]
      : []),
    ...(sessionSeconds ? [['for', renderDuration(sessionSeconds.value), describeWhy(sessionSeconds)]] : []),
  ];
  if (rows.length === 0) return ['  nothing more'];
  const lines: string[] = [];
  const [first = [], ...rest] = rows;
  tablePrinter(first, (line) => lines.push(`  ${line}`)).print(rest);
  return lines;
}

function describeWhy({ rule, groups, at, by }: Explained<unknown>): string {
  const place = at === undefined ? (by === 'always' ? '' : ' (default)') : ` (${at})`;
  if (rule === undefined) return `${by}${place}`;
  const whom = groups === undefined ? 'for everybody' : `through ${groups.join(', ')}`;
  return `${rule}, ${whom}${place}`;
}

function describeAssignment(
  userName: string,
  role: string,
  { id, name, isAssigned }: { readonly id: string; readonly name: string; readonly isAssigned: boolean },
): string {
  return isAssigned
    ? `${userName} has ${role} in ${id} (${name}).`
    : `${userName} does not have ${role} in ${id} (${name}): latchkey why ${userName} ${id} ${role}`;
}

function renderDeviceSignIn({ deviceSignIn, subject }: Explanation): readonly string[] {
  if (deviceSignIn.length === 0) return [];
  const lines = deviceSignIn.map(({ setting, value, at, isMet }) => {
    const seconds = typeof value === 'number' ? renderDuration(value) : undefined;
    const text = seconds ?? (Array.isArray(value) ? value.join(', ') : String(value));
    const verdict =
      isMet === undefined ? '' : isMet ? ', which is met' : `, which ${subject.userName} does not meet`;
    return `  ${setting}: ${text}${at === undefined ? '' : ` (${at})`}${verdict}`;
  });
  return ['', 'To allow a device by a user code, besides:', ...lines];
}

function describeFactors({ subject, acts }: Explanation): readonly string[] {
  const { userName, passkeys, apps, recoveryCodes } = subject;
  const has = `${userName} has ${passkeys} passkeys, ${apps} authenticator apps and ${recoveryCodes} unused recovery codes.`;
  const had = [
    ...Array<{ kind: 'passkey' }>(passkeys).fill({ kind: 'passkey' }),
    ...Array<{ kind: 'totp' }>(apps).fill({ kind: 'totp' }),
  ];
  const required = acts.map(({ factors }) => factors?.value).filter((each) => each !== undefined);
  const missing = (['passkey', 'secondFactor'] as const).find(
    (each) => required.includes(each) && !canMeet(had, each),
  );
  return missing === undefined
    ? [has]
    : [has, `${userName} sets up ${factorNames[missing]} before going on.`];
}

function renderOtherRules({ rules, subject }: Explanation): readonly string[] {
  const others = rules.filter(({ applies }) => !applies);
  if (others.length === 0) return [];
  const reasons = {
    group: `${subject.userName} is in none of its groups`,
    client: `it is for other clients than ${subject.client}`,
    permissionSet: subject.role
      ? `it is for other permission sets than ${subject.role.name}`
      : 'it is for permission sets: name a role',
  } as const satisfies Record<NonNullable<ExplainedRule['because']>, string>;
  return [
    '',
    'Rules that do not apply:',
    ...others.map(
      ({ name, at, because }) =>
        `  ${name}${at === undefined ? '' : ` (${at})`}: ${because && reasons[because]}`,
    ),
  ];
}
