export async function platformCrypto(): Promise<undefined> {}
