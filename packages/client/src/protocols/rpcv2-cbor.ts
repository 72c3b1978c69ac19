export { rpcv2CborClient as rpcv2Cbor } from '@latchkey/wire/rpcv2-cbor/client';
