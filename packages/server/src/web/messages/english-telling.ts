/** What people are told of, on pages and by mail, in English. */
export const englishTelling = {
  told: {
    lead: 'Since you signed in before:',
    look: 'Look at your recent activity',
    signedIn: (browser: string, address: string) =>
      `You signed in with a browser that was new: ${browser}, from ${address}.`,
    deviceAllowed: (program: string, requestedFrom: string, address: string) =>
      `You allowed a device: ${program}, which asked from ${requestedFrom}. You were at ${address}.`,
    passwordChanged: (address: string) => `Your password was changed, from ${address}.`,
    passwordSet: 'Whoever runs this service set your password.',
    factorAdded: {
      totp: (address: string) => `An authenticator app was added, from ${address}.`,
      passkey: (address: string) => `A passkey was added, from ${address}.`,
    },
    factorRemoved: {
      totp: (address: string) => `An authenticator app was removed, from ${address}.`,
      passkey: (address: string) => `A passkey was removed, from ${address}.`,
    },
    factorsReset: 'Whoever runs this service removed your passkeys, apps and recovery codes.',
    recoveryCodesMade: (address: string) => `New recovery codes were made, from ${address}.`,
    linkMade: {
      'sign-in': 'Whoever runs this service made a link that signs you in without a password.',
      password: 'Whoever runs this service made a link that sets your password.',
      factor: 'Whoever runs this service made a link that signs you in without your second factor.',
    },
    linkUsed: (address: string) => `A link that lets you in was used, from ${address}.`,
  },

  mail: {
    subjects: {
      signedIn: 'sign-in with a new browser',
      deviceAllowed: 'a device was allowed',
      passwordChanged: 'your password was changed',
      passwordSet: 'your password was set',
      factorAdded: 'a way to sign in was added',
      factorRemoved: 'a way to sign in was removed',
      factorsReset: 'your ways to sign in were removed',
      recoveryCodesMade: 'new recovery codes',
      linkMade: 'a link that lets you in was made',
      linkUsed: 'a link that lets you in was used',
    },
    hello: (name: string) => `Hello ${name},`,
    when: (time: string) => `When: ${time}`,
    wasYou: 'If you know of this, you need do nothing.',
    notYou: (url: string) =>
      `If that was not you, open this address and press the button. It ends what was allowed at once:\n\n${url}`,
    notYouElse: (me: string, security: string) =>
      `If that was not you: end what is not yours at ${me}, look at ${security}, and tell whoever runs this service.`,
    linkSubject: {
      'sign-in': 'a link to sign in',
      password: 'a link to set your password',
      factor: 'a link to set up a second factor',
    },
    linkText: {
      'sign-in': 'With this link you sign in once, without a password:',
      password: 'With this link you set a new password:',
      factor:
        'With this link and your password you sign in once without a second factor, to set up a new one:',
    },
    linkOnce: (until: string) =>
      `It works once, until ${until}. Give it to nobody: whoever opens it first has it. If you asked for no link, tell whoever runs this service.`,
  },
};
