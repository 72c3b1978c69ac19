import path from 'node:path';

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** A real AWS client, unmodified, as anybody would install it. */
export interface Client {
  /** As its users call it. */
  readonly name: string;
  /** Where its program and pinned versions are, under `test/interop/`. */
  readonly folder: string;
  /** What must be on the PATH, or be there by its path, to make and run it. */
  readonly needs: readonly string[];
  /** Run in `folder`: fails where what the machine has is not the client that is meant, and says why. */
  readonly check?: Command;
  /** Run one after the other in `folder`; what they make goes to `.cache/`. */
  readonly prepare: readonly Command[];
  readonly command: Command;
}

/** A client that never signs in: it takes the token that `aws sso login` cached, and refreshes it. */
export interface Sdk extends Client {
  /** A cached token with so much life left is one the SDK refreshes before it uses it; negative when only an expired one is. */
  readonly refreshesAtSecondsLeft: number;
  /** It takes the time of an answer that says its clock is wrong, and signs again. */
  readonly correctsItsClock: boolean;
  /** Its credentials do not say when they expire, though it renews them in time. */
  readonly hidesExpiry?: true;
}

export const interopDir = path.dirname(import.meta.dirname);
export const cacheDir = process.env['INTEROP_CACHE'] ?? path.join(interopDir, '.cache');

/** What makes a network of its own for a client. */
const networkTools = ['ip', 'unshare', 'nsenter'];

export const awsCli: Client = {
  name: 'AWS CLI',
  folder: 'aws-cli',
  needs: ['npm', 'unzip'],
  prepare: [
    ['npm', 'ci'],
    [
      'unzip',
      '-qo',
      'node_modules/@aws-cdk/asset-awscli-v2/lib/layer.zip',
      '-d',
      path.join(cacheDir, 'aws-cli'),
    ],
  ],
  command: [path.join(cacheDir, 'aws-cli/awscli/v2/2.36.12/bin/aws')],
};

const debianAws = '/usr/bin/aws';

/** As Debian 12 packages it: it reads no endpoint setting. */
export const awsCliOfDebian: Client = {
  name: 'AWS CLI of Debian 12',
  folder: 'aws-cli-debian',
  needs: [debianAws, ...networkTools],
  check: ['sh', 'check-version.sh', debianAws],
  prepare: [],
  command: [debianAws],
};

/** Version 1, which reads no endpoint setting for SSO. */
export const sdkForGoV1: Client = { name: 'AWS SDK for Go 1', ...goProgram('go-v1') };

/** Version 2, which reads no endpoint setting for SSO. */
export const sdkForJavaScriptV2: Client = {
  name: 'AWS SDK for JavaScript 2',
  folder: 'js-v2',
  needs: ['npm'],
  prepare: [['npm', 'ci']],
  command: [process.execPath, path.join(interopDir, 'js-v2/main.js')],
};

export const sdkForGo: Sdk = {
  name: 'AWS SDK for Go',
  ...goProgram('go'),
  refreshesAtSecondsLeft: -1,
  correctsItsClock: true,
};

export const sdkForJava: Sdk = {
  name: 'AWS SDK for Java',
  folder: 'java',
  needs: ['javac', 'mvn'],
  prepare: [['mvn', '--batch-mode', '--quiet', 'dependency:copy-dependencies']],
  command: ['java', '-cp', path.join(cacheDir, 'java/*'), path.join(interopDir, 'java/Main.java')],
  refreshesAtSecondsLeft: 30,
  correctsItsClock: true,
  hidesExpiry: true,
};

export const sdkForJavaScript: Sdk = {
  name: 'AWS SDK for JavaScript',
  folder: 'js',
  needs: ['npm'],
  prepare: [['npm', 'ci']],
  command: [process.execPath, path.join(interopDir, 'js/main.js')],
  refreshesAtSecondsLeft: 240,
  correctsItsClock: true,
};

export const sdkForPython: Sdk = {
  name: 'AWS SDK for Python',
  folder: 'python',
  needs: ['python3'],
  prepare: virtualEnvironment('python'),
  command: [path.join(cacheDir, 'python/bin/python'), path.join(interopDir, 'python/main.py')],
  refreshesAtSecondsLeft: 600,
  correctsItsClock: false,
};

export const sdkForRust: Sdk = {
  name: 'AWS SDK for Rust',
  folder: 'rust',
  needs: ['cargo', 'cc'],
  prepare: [['cargo', 'build', '--locked', '--quiet', '--target-dir', path.join(cacheDir, 'rust')]],
  command: [path.join(cacheDir, 'rust/debug/latchkey-interop')],
  refreshesAtSecondsLeft: 240,
  correctsItsClock: true,
};

/** The package of aws-iam-authenticator that verifies tokens of `aws eks get-token`, and a program of ours that calls it. */
export const eksTokenVerifier: Client = {
  name: 'aws-iam-authenticator',
  ...goProgram('eks-token-verifier'),
};

/** The library that Terraform's AWS provider signs in with, and a program of ours that configures it as the provider does. */
export const awsSdkGoBase: Sdk = {
  name: 'aws-sdk-go-base',
  ...goProgram('aws-sdk-go-base'),
  refreshesAtSecondsLeft: -1,
  correctsItsClock: true,
};

export const awsSsoUtil: Client = commandFromPyPI('aws-sso-util');

export const aws2Wrap: Client = commandFromPyPI('aws2-wrap');

export const yawsso: Client = commandFromPyPI('yawsso');

/** An authenticator for passkeys in software, and a program of ours that asks it. */
export const softWebauthn: Client = {
  name: 'soft-webauthn',
  folder: 'soft-webauthn',
  needs: ['python3'],
  prepare: virtualEnvironment('soft-webauthn'),
  command: [path.join(cacheDir, 'soft-webauthn/bin/python'), path.join(interopDir, 'soft-webauthn/main.py')],
};

const mairuDir = path.join(cacheDir, 'mairu');

export const mairu: Client = {
  name: 'mairu',
  folder: 'mairu',
  needs: ['cargo', 'cc', 'protoc'],
  prepare: [
    [
      ...(['cargo', 'install', '--locked', '--quiet', '--debug', '--config', 'cargo-config.toml'] as const),
      ...['--no-default-features', '--features', 'rustls', '--root', mairuDir],
      'mairu@=0.12.0',
    ],
  ],
  command: [path.join(mairuDir, 'bin/mairu')],
};

/** A program of ours in Go. */
function goProgram(folder: string): Omit<Client, 'name'> {
  const executable = path.join(cacheDir, folder, 'client');
  return {
    folder,
    needs: ['go'],
    prepare: [['go', 'build', '-o', executable, '.']],
    command: [executable],
  };
}

/** A virtual environment in `.cache/`, with the packages that the folder's `requirements.txt` lists. */
function virtualEnvironment(folder: string): readonly Command[] {
  const environment = path.join(cacheDir, folder);
  return [
    ['python3', '-m', 'venv', environment],
    [path.join(environment, 'bin/pip'), 'install', '--quiet', '--requirement', 'requirements.txt'],
  ];
}

/** A command that a package of the same name on PyPI installs. */
function commandFromPyPI(name: string): Client {
  return {
    name,
    folder: name,
    needs: ['python3'],
    prepare: virtualEnvironment(name),
    command: [path.join(cacheDir, name, 'bin', name)],
  };
}

/** Those that take longest to make stand first. */
export const clients: readonly Client[] = [
  mairu,
  sdkForRust,
  awsSdkGoBase,
  sdkForGo,
  sdkForGoV1,
  eksTokenVerifier,
  awsCli,
  awsCliOfDebian,
  sdkForJava,
  sdkForPython,
  sdkForJavaScript,
  sdkForJavaScriptV2,
  awsSsoUtil,
  aws2Wrap,
  yawsso,
  softWebauthn,
];
