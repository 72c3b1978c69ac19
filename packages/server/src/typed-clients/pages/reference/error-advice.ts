import type { ErrorFacts } from '@latchkey/codegen';

/** What to do about errors whose names say what is wrong, in the order in which the names are tried. */
const byName: readonly (readonly [name: RegExp, advice: string])[] = [
  [
    /NotFound|NoSuch|DoesNotExist|NonExist|Unknown|NotExist/,
    'Check names and ids, the region and the account.',
  ],
  [/AlreadyExists|Duplicate|AlreadyOwned/, 'Use what is there, or choose another name.'],
  [
    /Pending|InProgress|NotReady|NotAvailable|Busy|InvalidState/,
    'Wait for the state that the call needs, then call again.',
  ],
  [/SlowDown|TooMany|RateExceeded|RequestLimit/, 'Call less often.'],
  [
    /LimitExceeded|Quota|TooLarge|Capacity|Exceeded/,
    'Ask for less, delete what is no longer needed, or have the quota raised.',
  ],
  [
    /InUse|Conflict|Concurrent|Dependen/,
    'Read what is there now, and call again when nothing else uses or changes it.',
  ],
  [/Conditional|Precondition/, 'Read what is there now, and decide anew.'],
  [
    /AccessDenied|Forbidden|NotAuthorized|UnauthorizedOperation|NotPermitted/,
    'Give the credentials the permission that the message names.',
  ],
  [
    /Expired|Unauthori[sz]ed|InvalidClient|UnrecognizedClient|InvalidToken|Credential/,
    'Sign in again, or use other credentials.',
  ],
  [/Disabled|NotEnabled|OptIn|Subscription/, 'Turn on what the message names, for this account and region.'],
  [
    /Unsupported|NotSupported|NotImplemented/,
    'The service cannot do this: leave it out, or take another way.',
  ],
  [
    /Invalid|Validation|Malformed|BadRequest|Missing|Required|Mismatch|Parse|Syntax|Illegal/,
    'Change the parameters: the message says which.',
  ],
];

const byStatus: Readonly<Record<number, string>> = {
  401: 'Sign in again, or use other credentials.',
  402: 'Ask for less, or have the quota raised.',
  403: 'Give the credentials the permission that the message names.',
  404: 'Check names and ids, the region and the account.',
  409: 'Read what is there now, and call again when nothing else uses or changes it.',
  412: 'Read what is there now, and decide anew.',
  413: 'Ask for less.',
};

/** What to do about an error, in a sentence: what the client has done already, else what its name or status tells. */
export function adviceOn({ fault, name, retried, status }: ErrorFacts): string {
  switch (retried) {
    case 'throttling':
      return 'The client has tried three times, more slowly each time: call less often.';
    case 'transient':
      return 'The client has tried three times: call again later.';
    default: {
      const named = byName.find(([pattern]) => pattern.test(name))?.[1];
      const otherwise =
        fault === 'server'
          ? 'Call again later.'
          : 'The message says what has to change before the next call.';
      return named ?? byStatus[status] ?? otherwise;
    }
  }
}
