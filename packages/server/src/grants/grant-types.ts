export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
export const AUTHORIZATION_CODE = 'authorization_code';
export const REFRESH_TOKEN = 'refresh_token';

/** The grant types a client may register for. */
export const grantTypes: readonly string[] = [DEVICE_CODE, AUTHORIZATION_CODE, REFRESH_TOKEN];
