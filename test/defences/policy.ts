import { inServer, type Subject, seenBy } from './defence.ts';

export const policy: Subject = {
  heading: 'Policy',
  defences: [
    {
      name: 'Factors by policy',
      what: 'A person who lacks a factor that the policy demands sets it up before any page acts for them.',
      without: [
        inServer(
          'web/policy-gate.ts',
          'if (needed === undefined) return undefined;',
          'if (needed === undefined || session.id > 0) return undefined;',
        ),
      ],
      test: seenBy(
        'web/policy-pages.test.ts',
        'gets no page that acts for them before that, whichever it is',
      ),
    },
    {
      name: 'No other factor instead',
      what: 'Whoever has the factor that is demanded signs in with it, and cannot set up another one instead.',
      without: [
        inServer(
          'factors/recent-sign-in.ts',
          '...(factors && !isVouchedFor && canMeet(had, factors.value) && { factors }),',
          '...(factors && !isVouchedFor && !canMeet(had, factors.value) && { factors }),',
        ),
      ],
      test: seenBy(
        'factors/recent-sign-in.test.ts',
        'a passkey that is required is asked for before a change by whoever has one, also with a code or a recovery code',
      ),
    },
    {
      name: 'Devices and programs by policy',
      what: 'A device or program is allowed after a sign-in as the policy demands, and may be denied before.',
      without: [
        inServer(
          'grants/allow-policy.ts',
          'return judgeNetwork(demands, origin) ?? judgeSignIn(demands, session, context.now());',
          'return judgeNetwork(demands, origin) ?? (session.id < 0 ? judgeSignIn(demands, session, 0) : undefined);',
        ),
      ],
      test: seenBy(
        'grants/policy.test.ts',
        'a device is allowed only after a sign-in as the policy demands, and can be denied before',
      ),
    },
    {
      name: 'Step-up before role credentials',
      what: 'Role credentials of a permission set that the policy names need a sign-in as it demands, recent or with a factor.',
      without: [
        inServer(
          'sso/require-sign-in.ts',
          'if (unmet === undefined) return;\n',
          'if (unmet === undefined || user.id !== "") return;\n',
        ),
      ],
      test: seenBy(
        'web/policy-pages.test.ts',
        'the next call gets them once the person has signed in again in the browser, on the page that the message names',
      ),
    },
    {
      name: 'Sign-in from named networks',
      what: 'From another network than the policy names nobody signs in, redeems a code or refreshes.',
      without: [
        inServer(
          'policy/judge.ts',
          'const missed = networks.find(({ value }) => viaUntrustedProxy === true || !value.blocks.contains(address));',
          'const missed = networks.find(({ value }) => viaUntrustedProxy === true || value.blocks.contains(address) === undefined);',
        ),
      ],
      test: seenBy(
        'grants/policy.test.ts',
        'from another network nobody signs in, redeems or refreshes, and nothing is lost in the right one',
      ),
    },
    {
      name: 'Pages from named networks',
      what: 'A session that began in the right network is good for nothing in another, but to sign out.',
      without: [
        inServer(
          'web/policy-gate.ts',
          'throw new NetworkRefused(userId, rule);',
          'if (session.id < 0) throw new NetworkRefused(userId, rule);',
        ),
      ],
      test: seenBy(
        'web/policy-pages.test.ts',
        'a session that was begun in the right network is good for nothing in another, but to sign out',
      ),
    },
    {
      name: 'Networks that proxies cannot claim',
      what: 'The address of a proxy that nobody trusts is in no network of the policy.',
      without: [
        inServer(
          'policy/judge.ts',
          'viaUntrustedProxy === true || !value',
          '(viaUntrustedProxy === true && value === undefined) || !value',
        ),
      ],
      test: seenBy(
        'policy/demands.test.ts',
        'the address of a proxy that nobody trusts is in no network, whatever it is',
      ),
    },
    {
      name: 'The strictest rule',
      what: 'Of the rules that apply the strictest counts: one rule more lets nobody in who was not let in before.',
      without: [
        inServer(
          'policy/demands.ts',
          'if (found === undefined || isStricter(value, found.value)) found = { value, rule };',
          'if (found === undefined || !isStricter(value, found.value)) found = { value, rule };',
        ),
      ],
      test: seenBy(
        'policy/demands.test.ts',
        'a policy is met where each rule that applies is met by itself, and a rule that is not met is named',
      ),
    },
    {
      name: 'Shorter sessions at once',
      what: 'A session that began when sessions lasted longer ends as the configuration of now says.',
      without: [
        inServer(
          'policy/session-length.ts',
          'return latestMs < session.sessionEndsAtMs ? { ...session, sessionEndsAtMs: latestMs } : session;',
          'return latestMs < 0 ? { ...session, sessionEndsAtMs: latestMs } : session;',
        ),
      ],
      test: seenBy(
        'grants/policy.test.ts',
        'a shorter lifetimes.session ends sessions that began before, too, and a longer one ends none later',
      ),
    },
    {
      name: 'Shorter sign-in sessions at once',
      what: 'A browser that signed in when sign-in sessions lasted longer is signed out as the policy of now says.',
      without: [
        inServer(
          'people/sign-in.ts',
          'const expiresAtMs = Math.min(row.expiresAtMs, createdAtMs + lastsMs);',
          'const expiresAtMs = Math.max(row.expiresAtMs, createdAtMs + lastsMs);',
        ),
      ],
      test: seenBy(
        'grants/policy.test.ts',
        'a browser that signed in when sign-in sessions lasted longer is signed out as the policy of now says',
      ),
    },
    {
      name: 'Rules as of today',
      what: 'Groups are asked for with each request: who joins one is under its rules at once.',
      without: [
        inServer(
          'policy/find-demands.ts',
          'return rules.filter((rule) => isForMember(rule, groupKeys));',
          'return rules.filter((rule) => rule.groups === undefined && isForMember(rule, groupKeys));',
        ),
      ],
      test: seenBy(
        'grants/policy.test.ts',
        'a person is asked for as of each request: who joins a group is under its rules at once',
      ),
    },
    {
      name: 'Rules told to whom they concern',
      what: 'Nobody is told of rules for a role that they do not have.',
      without: [
        inServer(
          'sso/get-role-credentials.ts',
          'if (role === undefined) throw noAccess();',
          'if (role === undefined) await requireSignIn(context, access, roleName, origin);\n  if (role === undefined) throw noAccess();',
        ),
      ],
      test: seenBy('web/policy-pages.test.ts', 'nobody is told of rules for a role that they do not have'),
    },
  ],
};
