export { restJson1Client as restJson1 } from '@latchkey/wire/rest-json1/client';
