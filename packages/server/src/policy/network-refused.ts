/** The policy lets a person sign in, and use the pages, from other networks than the one that they are in. */
export class NetworkRefused extends Error {
  override readonly name = 'NetworkRefused';
  /** Id of the person. */
  readonly userId: string;
  /** Name of the rule. */
  readonly rule: string;

  constructor(userId: string, rule: string) {
    super(`The rule ${rule} of the policy names other networks`);
    this.userId = userId;
    this.rule = rule;
  }
}
