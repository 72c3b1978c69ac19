import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load, problemsIn } from './testing/load-text.ts';

test('by default there is no rule', async () => {
  assert.deepEqual((await load('')).policy, []);
});

test('a rule is read, with durations in seconds', async () => {
  const { policy } = await load(`
policy:
  - name: administrators
    groups: [Administrators]
    factors: passkey
    recentSignIn: 30m
    networks: [10.0.0.0/8]
    signInSession: 1h
    session: 15m`);
  assert.deepEqual(policy, [
    {
      ...{ name: 'administrators', groups: ['Administrators'], factors: 'passkey' },
      ...{ recentSignInSeconds: 1800, networks: ['10.0.0.0/8'] },
      ...{ signInSessionSeconds: 3600, sessionSeconds: 900 },
    },
  ]);
});

const cases = {
  'a rule that demands nothing': [
    'policy: [{ groups: [Administrators] }]',
    /^latchkey\.yaml:1:10: policy\[0\]: demands nothing: expected one of factors, recentSignIn, networks/,
  ],
  'an empty list, which would not say whether it is for all or none': [
    'policy: [{ groups: [], factors: passkey }]',
    /policy\[0\]\.groups: expected a list of at least one group, got an empty list/,
  ],
  'a length of sessions for permission sets': [
    'policy: [{ permissionSets: [Admin], session: 1h }]',
    /:1:46: policy\[0\]\.session: a rule for permission sets has no length of sessions: permissionSets\[\]\.sessionDuration/,
  ],
  'a length of sign-in sessions for clients': [
    'policy: [{ clients: [unknown], signInSession: 1h }]',
    /policy\[0\]\.signInSession: a rule for clients has no length of sign-in sessions/,
  ],
  'a client that is not there': [
    'policy: [{ clients: [unknwn], session: 1h }]',
    /policy\[0\]\.clients\[0\]: there is no client "unknwn" under clients/,
  ],
  'a client that has the name of those that nobody knows': [
    `clients: [{ id: unknown, secretHash: "sha256:${'A'.repeat(43)}" }]`,
    /clients\[0\]\.id: no client can have the id "unknown"/,
  ],
  'passkeys where browsers have none': [
    'baseUrl: http://127.0.0.1:8484\npolicy: [{ factors: passkey }]',
    /:2:21: policy\[0\]\.factors: nobody can have a passkey here, as baseUrl has an IP address/,
  ],
  'a name that another rule has': [
    'policy: [{ name: a, factors: passkey }, { name: a, session: 1h }]',
    /policy\[1\]\.name: rule "a" is there already, at policy\[0\]/,
  ],
  'a session length beyond 90d': [
    'policy: [{ session: 91d }]',
    /policy\[0\]\.session: expected a duration from 15m to 90d/,
  ],
} as const;

for (const [what, [text, expected]] of Object.entries(cases)) {
  test(`the policy refuses ${what}, with the place`, async () => {
    const [problem] = await problemsIn(text);
    assert.match(problem ?? '', expected);
  });
}
