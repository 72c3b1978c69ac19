/**
 * The configuration that the first start writes: an example to try, and a template to edit.
 *
 * @param values.schema - path or URL of the JSON schema, for editors
 */
export function renderExampleConfig(values: {
  readonly schema: string;
  readonly alicePasswordHash: string;
  readonly bobPasswordHash: string;
}): string {
  return `# yaml-language-server: $schema=${values.schema}

# The configuration of Latchkey. A running server reads the users, groups, accounts, permission sets and assignments
# again as soon as this file is saved; other settings wait for a restart. \`latchkey check\` says whether it is right.

# Where people and clients reach the server. Beyond this machine it has to be https: give it a certificate here, or put a
# reverse proxy in front and name it in trustedProxies.
#baseUrl: https://sso.example.com
#listen: { host: 0.0.0.0, port: 8484 }
#tls: { certFile: cert.pem, keyFile: key.pem }
#trustedProxies: [10.0.0.0/8]

# How long people stay signed in: on their machines, and in the browser.
#lifetimes: { session: 8h, signInSession: 8h }

# Directories of Smithy models, relative to this file, whose services get typed clients and reference pages.
#models: [../api-models-aws]

# The people. \`latchkey user add\` adds one, \`latchkey user passwd\` sets a password.
users:
  - userName: alice
    displayName: Alice Example
    email: alice@example.com
    passwordHash: ${values.alicePasswordHash}
  - userName: bob
    displayName: Bob Example
    email: bob@example.com
    passwordHash: ${values.bobPasswordHash}

groups:
  - name: administrators
    members: [alice]
  - name: developers
    members: [alice, bob]

# Ids are 12 digits, in quotes.
accounts:
  - id: "111122223333"
    name: Development
    email: development@example.com
  - id: "444455556666"
    name: Production
    email: production@example.com

# What may be done in an account. People see these as roles. Their credentials live for sessionDuration, 1h by default.
permissionSets:
  - name: ReadOnlyAccess
    description: Look, but do not touch
    sessionDuration: 8h
  - name: PowerUserAccess
    description: Everything but users and permissions
  - name: AdministratorAccess
    description: Everything

# Who may do what where: each user and group named gets each permission set in each account.
assignments:
  - groups: [developers]
    accounts: ["111122223333"]
    permissionSets: [ReadOnlyAccess, PowerUserAccess]
  - groups: [administrators]
    accounts: ["111122223333", "444455556666"]
    permissionSets: [AdministratorAccess]
  - users: [bob]
    accounts: ["444455556666"]
    permissionSets: [ReadOnlyAccess]
`;
}
