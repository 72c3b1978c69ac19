/**
 * Renders the configuration that the first start writes: an example to try, and a template to edit.
 *
 * @param values.schema - path or URL of the JSON schema, for editors
 */
export function renderExampleConfig(values: {
  readonly schema: string;
  readonly alicePasswordHash: string;
  readonly bobPasswordHash: string;
}): string {
  return `# yaml-language-server: $schema=${values.schema}

# The configuration of Latchkey. A running server reads users, groups, accounts, permission sets and assignments again as
# soon as this file is saved. Other settings need a restart. \`latchkey check\` checks this file.

# URL at which people and clients reach the server. Beyond this machine it must be https: set a certificate under tls, or
# put a reverse proxy in front and name it in trustedProxies.
#baseUrl: https://sso.example.com
#listen: { host: 0.0.0.0, port: 8484 }
#tls: { certFile: cert.pem, keyFile: key.pem }
#trustedProxies: [10.0.0.5]

# Time for which people stay signed in: session in AWS clients, signInSession in the browser.
#lifetimes: { session: 8h, signInSession: 8h }

# Directories of Smithy models, relative to this file. Their services get typed clients and reference pages.
#models: [../api-models-aws]

# People who may sign in. \`latchkey user add\` adds one, \`latchkey user passwd\` sets a password.
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

# AWS accounts. An id has 12 digits and needs quotes.
accounts:
  - id: "111122223333"
    name: Development
    email: development@example.com
  - id: "444455556666"
    name: Production
    email: production@example.com

# Permission sets: what people may do in an account. People see them as roles. sessionDuration is the lifetime of the
# role credentials, 1h by default.
permissionSets:
  - name: ReadOnlyAccess
    description: Look, but do not touch
    sessionDuration: 8h
  - name: PowerUserAccess
    description: Everything but users and permissions
  - name: AdministratorAccess
    description: Everything

# Account assignments: each user and group gets each permission set in each account.
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
