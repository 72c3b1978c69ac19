import { createPrivateKey } from 'node:crypto';
import type { CDPSession, Page } from 'playwright-core';
import { type Ceremony, signAnswer } from '../../packages/server/src/web/testing/soft-authenticator.ts';

interface Credential {
  readonly credentialId: string;
  readonly isResidentCredential: boolean;
  readonly rpId?: string;
  /** PKCS #8, in base64. */
  readonly privateKey: string;
  readonly userHandle?: string;
  readonly signCount: number;
}

export interface AuthenticatorKind {
  /** Whether its passkeys name their user by themselves. Default true. */
  readonly isResident?: boolean;
  /** Whether it asks for a PIN or a fingerprint. Default true. */
  readonly verifiesUser?: boolean;
}

/** An authenticator of Chromium's own, which answers for its user at once. */
export class VirtualAuthenticator {
  readonly #session: CDPSession;
  readonly #id: string;

  private constructor(session: CDPSession, id: string) {
    this.#session = session;
    this.#id = id;
  }

  static async plugIn(
    page: Page,
    { isResident = true, verifiesUser = true }: AuthenticatorKind = {},
  ): Promise<VirtualAuthenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: isResident ? 'internal' : 'usb', hasResidentKey: isResident },
        ...{ hasUserVerification: verifiesUser, isUserVerified: verifiesUser },
        automaticPresenceSimulation: true,
      },
    });
    return new VirtualAuthenticator(session, authenticatorId);
  }

  async credential(): Promise<Credential> {
    const { credentials } = await this.#session.send('WebAuthn.getCredentials', {
      authenticatorId: this.#id,
    });
    const [credential] = credentials;
    if (credential === undefined) throw new Error('The authenticator has no credential');
    return credential;
  }

  /** Puts a credential into it, as a copy of an authenticator would have it. */
  async put(credential: Credential): Promise<void> {
    const authenticatorId = this.#id;
    const { credentialId } = credential;
    await this.#session
      .send('WebAuthn.removeCredential', { authenticatorId, credentialId })
      .catch(() => undefined);
    await this.#session.send('WebAuthn.addCredential', { authenticatorId, credential });
  }
}

/** What a browser could send that no browser sends: an answer for whatever relying party and origin, rightly signed. */
export function forgeAnswer(credential: Credential, asked: Ceremony): string {
  const key = Buffer.from(credential.privateKey, 'base64');
  return signAnswer(
    {
      id: Buffer.from(credential.credentialId, 'base64'),
      privateKey: createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
      signCount: credential.signCount + 1,
      userHandle: Buffer.from(credential.userHandle ?? '', 'base64').toString(),
    },
    asked,
  );
}
