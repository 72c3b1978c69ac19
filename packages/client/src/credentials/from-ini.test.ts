import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fromIni, type IniOptions } from './from-ini.ts';
import { Home } from './testing/home.ts';
import { askedOf, signerOf, startSts } from './testing/sts.ts';

const role = (name: string) => `role_arn = arn:aws:iam::000000000042:role/${name}`;
const keys = (id: string) => `aws_access_key_id = ${id}\naws_secret_access_key = secret`;

/** What the profile `dev` of a configuration gives. */
async function resolve(config: string, options: IniOptions = {}, files: Record<string, string> = {}) {
  await using home = await Home.with({ '.aws/config': config, ...files });
  return await fromIni({ profile: 'dev', ...options, env: { ...home.env, ...options.env } })();
}

suite('fromIni', () => {
  test('takes the keys of a profile from either file, the credentials file winning', async () => {
    const config = `[profile dev]\n${keys('AKIDCONFIG')}\naws_account_id = 000000000042`;
    assert.deepEqual(await resolve(config), {
      accessKeyId: 'AKIDCONFIG',
      secretAccessKey: 'secret',
      accountId: '000000000042',
    });
    const credentials = '[dev]\naws_access_key_id = AKIDOTHER\naws_session_token = token';
    assert.deepEqual(await resolve(config, {}, { '.aws/credentials': credentials }), {
      accessKeyId: 'AKIDOTHER',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      accountId: '000000000042',
    });
  });

  test('does not mix the keys of one file with the session token and account of the other', async () => {
    const config = `[profile dev]\n${keys('AKIDCONFIG')}\naws_session_token = stale\naws_account_id = 1`;
    const credentials = { '.aws/credentials': `[dev]\n${keys('AKIDOTHER')}` };
    assert.deepEqual(await resolve(config, {}, credentials), {
      accessKeyId: 'AKIDOTHER',
      secretAccessKey: 'secret',
    });
    const others = { '.aws/credentials': '[dev]\naws_session_token = stale\naws_secret_access_key = stale' };
    assert.deepEqual(await resolve(`[profile dev]\n${keys('AKIDCONFIG')}`, {}, others), {
      accessKeyId: 'AKIDCONFIG',
      secretAccessKey: 'secret',
    });
  });

  test('takes aws_security_token for a session token, as botocore does', async () => {
    const config = `[profile dev]\n${keys('AKID')}\naws_security_token = old\naws_session_token = new`;
    assert.equal((await resolve(config)).sessionToken, 'old');
  });

  test('says file and line where botocore refuses a source_profile', async () => {
    const config = `[profile dev]\n${role('X')}\nsource_profile = base\n[profile base]\n${keys('AKIDBASE')}\n=`;
    await assert.rejects(resolve(config), { message: /config", line 7: expected "key = value"/ });
  });

  test('says file and line where botocore refuses a profile that nobody asked for, but is needed', async () => {
    const config = `[default]\n${keys('AKID')}\nregion\n`;
    await assert.rejects(resolve(config, { profile: undefined }), {
      code: 'badConfiguration',
      message: /config", line 4: expected "key = value"/,
    });
  });

  test('refuses half a pair of keys', async () => {
    await assert.rejects(resolve('[profile dev]\naws_access_key_id = AKIDEXAMPLE'), {
      code: 'badConfiguration',
      message: 'Cannot use profile "dev": aws_secret_access_key is missing',
    });
  });

  test('assumes a role as another profile, telling STS all that the profile says', async () => {
    await using sts = await startSts();
    const config = `
[profile dev]
${role('Builder')}
source_profile = base
external_id = 42/x
duration_seconds = 900
role_session_name = alice
mfa_serial = arn:aws:iam::000000000042:mfa/alice
endpoint_url = ${sts.url}
[profile base]
${keys('AKIDBASE')}`;
    const mfaCode = async (serial: string) => (serial.endsWith('/alice') ? '123456' : 'wrong device');
    assert.deepEqual(await resolve(config, { mfaCode }), {
      accessKeyId: 'assumed-by-AKIDBASE',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: new Date('2026-01-01T00:00:00Z'),
      accountId: '000000000042',
    });
    assert.deepEqual(askedOf(sts), [
      {
        Action: 'AssumeRole',
        RoleArn: 'arn:aws:iam::000000000042:role/Builder',
        RoleSessionName: 'alice',
        ExternalId: '42/x',
        DurationSeconds: '900',
        SerialNumber: 'arn:aws:iam::000000000042:mfa/alice',
        TokenCode: '123456',
      },
    ]);
  });

  test('assumes one role after the other along a chain of profiles', async () => {
    await using sts = await startSts();
    const config = `
[profile dev]
${role('Last')}
source_profile = middle
endpoint_url = ${sts.url}
[profile middle]
${role('First')}
source_profile = base
[profile base]
${keys('AKIDBASE')}`;
    assert.equal((await resolve(config)).accessKeyId, 'assumed-by-assumed-by-AKIDBASE');
    assert.deepEqual(
      askedOf(sts).map(({ RoleArn }) => RoleArn?.split('/')[1]),
      ['First', 'Last'],
    );
    assert.deepEqual(sts.received.map(signerOf), ['AKIDBASE', 'assumed-by-AKIDBASE']);
  });

  test('assumes a role with the keys that stand beside it, where a profile is its own source', async () => {
    await using sts = await startSts();
    const config = `[profile dev]\n${role('Builder')}\nsource_profile = dev\n${keys('AKIDOWN')}`;
    const env = { AWS_ENDPOINT_URL_STS: sts.url };
    assert.equal((await resolve(config, { env })).accessKeyId, 'assumed-by-AKIDOWN');
  });

  test('signs for the region of the profile', async () => {
    await using sts = await startSts();
    const config = `[profile dev]\n${role('Builder')}\nsource_profile = dev\nregion = eu-west-3\n${keys('AKIDOWN')}`;
    await resolve(config, { env: { AWS_ENDPOINT_URL_STS: sts.url } });
    assert.match(String(sts.received[0]?.headers['authorization']), /\/eu-west-3\/sts\/aws4_request/);
  });

  test('refuses profiles that lead back to each other', async () => {
    const config = `
[profile dev]
${role('One')}
source_profile = other
[profile other]
${role('Two')}
source_profile = dev`;
    await assert.rejects(resolve(config), {
      code: 'badConfiguration',
      message: 'Cannot use profile "dev": its source_profile leads back to it: dev -> other -> dev',
    });
  });

  test('takes the source of a role from the environment', async () => {
    await using sts = await startSts();
    const config = `[profile dev]\n${role('Builder')}\ncredential_source = Environment`;
    const env = {
      AWS_ENDPOINT_URL: sts.url,
      AWS_ACCESS_KEY_ID: 'AKIDENV',
      AWS_SECRET_ACCESS_KEY: 'secret',
    };
    assert.equal((await resolve(config, { env })).accessKeyId, 'assumed-by-AKIDENV');
  });

  test('assumes a role with the web identity token that a profile names', async () => {
    await using sts = await startSts();
    const config = `[profile dev]\n${role('Builder')}\nweb_identity_token_file = ~/token\nrole_session_name = alice`;
    const env = { AWS_ENDPOINT_URL: sts.url };
    await resolve(config, { env }, { token: 'eyJ' });
    const [asked] = askedOf(sts);
    assert.equal(asked?.['WebIdentityToken'], 'eyJ');
    assert.equal(asked?.['RoleSessionName'], 'alice');
  });

  test('asks a process', async () => {
    const printed = '{"Version":1,"AccessKeyId":"AKIDPROCESS","SecretAccessKey":"secret"}';
    const config = `[profile dev]\ncredential_process = ${process.execPath} -e 'console.log(process.argv[1])' '${printed}'`;
    assert.equal((await resolve(config)).accessKeyId, 'AKIDPROCESS');
  });

  test('says why STS refused a role', async () => {
    const body =
      '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no &quot;Builder&quot; for you</Message></Error></ErrorResponse>';
    await using sts = await startSts({ status: 403, body });
    const config = `[profile dev]\n${role('Builder')}\nsource_profile = dev\n${keys('AKIDOWN')}`;
    await assert.rejects(resolve(config, { env: { AWS_ENDPOINT_URL: sts.url } }), {
      code: 'credentialsFailed',
      message: 'Cannot assume "arn:aws:iam::000000000042:role/Builder": no "Builder" for you',
    });
  });

  for (const [what, settings, message] of [
    [
      'a role that wants a code nobody can ask for',
      `${role('X')}\nsource_profile = base\nmfa_serial = device`,
      /wants a code from the device "device" \(mfa_serial\)/,
    ],
    ['a role without a source', role('X'), /its role_arn needs one of source_profile, credential_source and/],
    [
      'a role with two sources',
      `${role('X')}\nsource_profile = base\ncredential_source = Environment`,
      /needs one of/,
    ],
    [
      'an unknown kind of source',
      `${role('X')}\ncredential_source = Ec2`,
      /"Ec2", expected Environment, EcsContainer or/,
    ],
    [
      'a source that is not there',
      `${role('X')}\nsource_profile = gone`,
      /its source_profile "gone" is not in "/,
    ],
    [
      'a source without credentials',
      `${role('X')}\nsource_profile = empty`,
      /"empty": it is a source_profile, but has no/,
    ],
    [
      'a session of aws login',
      'login_session = arn:aws:sts::000000000042:assumed-role/x/y',
      /credential_process = aws configure export-credentials --profile dev/,
    ],
  ] as const) {
    test(`refuses ${what}`, async () => {
      const config = `[profile dev]\n${settings}\n[profile base]\n${keys('AKIDBASE')}\n[profile empty]`;
      await assert.rejects(resolve(config), { code: 'badConfiguration', message });
    });
  }

  test('does not apply to a profile without credentials', async () => {
    await assert.rejects(resolve('[profile dev]\nregion = eu-west-1'), {
      code: 'noCredentials',
      message: /^profile "dev" in ".*config" or ".*credentials" has no credentials$/,
    });
  });
});
