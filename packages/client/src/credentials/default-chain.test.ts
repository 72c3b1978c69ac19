import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { defaultCredentialProvider } from './default-chain.ts';
import { Home } from './testing/home.ts';

const environmentKeys = { AWS_ACCESS_KEY_ID: 'AKIDENV', AWS_SECRET_ACCESS_KEY: 'secret' };
const credentials = '[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = secret';

suite('defaultCredentialProvider', () => {
  test('defaultCredentialProvider takes the environment before the profile', async () => {
    await using home = await Home.with({ '.aws/credentials': credentials });
    const both = defaultCredentialProvider({ env: { ...home.env, ...environmentKeys } });
    assert.equal((await both()).accessKeyId, 'AKIDENV');
    assert.equal((await defaultCredentialProvider({ env: home.env })()).accessKeyId, 'AKIDFILE');
  });

  test('defaultCredentialProvider takes a profile that the program names before the environment', async () => {
    await using home = await Home.with({ '.aws/credentials': credentials });
    const provider = defaultCredentialProvider({
      profile: 'default',
      env: { ...home.env, ...environmentKeys },
    });
    assert.equal((await provider()).accessKeyId, 'AKIDFILE');
  });

  test('defaultCredentialProvider says of every source why it does not apply', async () => {
    await using home = await Home.with();
    const env = { ...home.env, AWS_EC2_METADATA_DISABLED: 'true' };
    await assert.rejects(defaultCredentialProvider({ env })(), {
      code: 'noCredentials',
      message: `Cannot find credentials:
  Environment: AWS_ACCESS_KEY_ID is not set
  Web identity token: AWS_WEB_IDENTITY_TOKEN_FILE is not set
  Profile: there is no profile "default" in "${home.path}/.aws/config" or "${home.path}/.aws/credentials"
  Container: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not set
  Instance metadata: AWS_EC2_METADATA_DISABLED is true
Sign in with "aws sso login", or pass credentials to the ApiFactory`,
    });
  });

  test('defaultCredentialProvider names the profiles that there are where the default one is missing', async () => {
    await using home = await Home.with({ '.aws/config': '[profile latchkey]\n[profile prod]' });
    const env = { ...home.env, AWS_EC2_METADATA_DISABLED: 'true' };
    await assert.rejects(defaultCredentialProvider({ env })(), {
      code: 'noCredentials',
      message:
        /Profile: there is no profile "default" in .*; there are: latchkey, prod \(name one by AWS_PROFILE, or by profile of the ApiFactory\)/,
    });
  });

  test('defaultCredentialProvider stops at a source that is configured and fails, rather than act as somebody else', async () => {
    await using home = await Home.with({ '.aws/config': '[default\n' });
    await assert.rejects(defaultCredentialProvider({ env: home.env })(), {
      code: 'badConfiguration',
      message: /config", line 1: /,
    });
  });
});
