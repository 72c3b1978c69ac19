import { type Command, Option } from 'commander';
import { parseDuration, renderDuration } from '../../config/duration.ts';
import type { MadeLink } from '../../control/command-links.ts';
import { LINK_SECONDS } from '../../links/make-link.ts';
import type { LinkPurpose } from '../../store/port/links.ts';
import { commandActor } from '../entries/actor.ts';
import { getEntry } from '../entries/find-entry.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { CommandError, exitCode } from '../exit-code.ts';

interface LinkOptions {
  readonly for: LinkPurpose;
  readonly expires: string;
  readonly mail?: true;
  readonly revoke?: true;
  readonly json?: true;
}

const purposes: Readonly<Record<LinkPurpose, string>> = {
  'sign-in': 'sign in without a password',
  password: 'set a new password',
  factor: 'sign in with the password alone, and set up a new second factor',
};

const refusals: Readonly<
  Record<Extract<MadeLink, { kind: 'refused' }>['why'], (userName: string, reason?: string) => string>
> = {
  noMail: () => 'There is no mail server in the configuration (smtp), so nothing can be sent',
  noAddress: (userName) =>
    `${userName} has no e-mail address: \`latchkey user change ${userName} --email ADDRESS\`, or where the person comes from`,
  notSent: (_, reason) => `The mail was not sent, and the link was taken back: ${reason}`,
  noUser: (userName) => `There is no user "${userName}" any more`,
  blocked: (userName) => `${userName} is blocked: \`latchkey user unblock ${userName}\` comes first`,
  disabled: (userName) =>
    `${userName} is disabled where the person comes from (\`latchkey user show ${userName}\`): enable the person there first`,
  passwordOfFile: (userName) =>
    `The password of ${userName} is in the configuration file, and only there can it be changed: \`latchkey user passwd ${userName}\``,
  passwordOfProvider: (userName) =>
    `The password of ${userName} comes from an identity provider, and only there can it be changed`,
  noPassword: (userName) =>
    `${userName} has no password to sign in with beside the link: make a link with --for sign-in, after \`latchkey user reset-factors ${userName}\` if a passkey is lost`,
  changed: (userName) => `${userName} was changed at this moment: try again`,
};

export function define(command: Command): void {
  command
    .description(
      'Makes a one-time link that lets a person in: for the first time, or back in. It takes the place of the one before, and ends with everything that ends the sessions of the person.',
    )
    .argument('<user>', 'user name or id')
    .addOption(
      new Option('--for <purpose>', 'what the link is for').choices(Object.keys(purposes)).default('sign-in'),
    )
    .option(
      '--expires <duration>',
      `how long the link works, from ${renderDuration(LINK_SECONDS.least)} to ${renderDuration(LINK_SECONDS.most)}`,
      renderDuration(LINK_SECONDS.usual),
    )
    .option('--mail', 'send the link to the person by mail, and do not show it')
    .option('--revoke', 'take back the link that the person has, and make none')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
sign-in: the link takes the place of the password; whoever has a second factor shows it, too. password: the person sets a new
password, and signs in with it. factor: the link takes the place of the second factor, beside the password. Be sure who asks, and give the
link to that person alone: whoever opens it first has it.

Examples:
  latchkey user link carol
  latchkey user link carol --for password --expires 1h
  latchkey user link carol --mail
  latchkey user link carol --revoke`,
    )
    .action((given: string, options: LinkOptions) =>
      options.revoke ? revoke(command, given, options) : make(command, given, options),
    );
}

async function make(command: Command, given: string, options: LinkOptions): Promise<void> {
  const lifetimeSeconds = parseDuration(options.expires) ?? 0;
  if (lifetimeSeconds < LINK_SECONDS.least || lifetimeSeconds > LINK_SECONDS.most) {
    throw new CommandError(
      `--expires: expected a duration from ${renderDuration(LINK_SECONDS.least)} to ${renderDuration(LINK_SECONDS.most)}, such as 4h, got ${JSON.stringify(options.expires)}`,
      exitCode.usage,
    );
  }
  const { purpose, user, made } = await withDirectory(command, async ({ directory }) => {
    const found = await getEntry(directory, 'user', given);
    const link = {
      userId: found.id,
      purpose: options.for,
      lifetimeSeconds,
      actor: commandActor(),
      ...(options.mail && { byMail: true }),
    };
    return { purpose: options.for, user: found, made: await directory.makeLink(link) };
  });
  const { id, userName } = user;
  if (made.kind === 'refused') throw new CommandError(refusals[made.why](userName, made.reason));
  const { url, mailedTo, expiresAtMs } = made;
  const expiresAt = new Date(expiresAtMs).toISOString();
  if (options.json) console.log(JSON.stringify({ id, userName, purpose, url, mailedTo, expiresAt }));
  else
    console.log(
      `${url ?? `Sent to ${mailedTo}`}\nGood once, until ${expiresAt}, for ${userName} to ${purposes[purpose]}`,
    );
}

async function revoke(command: Command, given: string, { json }: LinkOptions): Promise<void> {
  const { user, revoked } = await withDirectory(command, async ({ directory }) => {
    const found = await getEntry(directory, 'user', given);
    return { user: found, revoked: await directory.revokeLink(found.id, commandActor()) };
  });
  const { id, userName } = user;
  if (json) console.log(JSON.stringify({ id, userName, revoked }));
  else console.log(revoked ? `Took back the link of ${userName}` : `${userName} has no link`);
}
