/** The types of `@latchkey/client`, as programs see them in editors and on the reference pages. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ApiFactory, ServiceClient } from '@latchkey/client';
import type { FakeApiFactory } from '@latchkey/client/testing';
import { runtimeSymbols } from '../packages/server/src/generated/runtime-reference.ts';
import { clientEntries } from '../scripts/client-entries.ts';

test('every type that an export of the client names can be imported from one of its entry points', () => {
  const entries = new Set(clientEntries(join(import.meta.dirname, '..')).map((name) => `client/${name}`));
  const byId = new Map(runtimeSymbols.map((symbol) => [symbol.id, symbol]));
  const isPublic = (id: string) => byId.get(id)?.entries.some((entry) => entries.has(entry)) === true;
  const hidden = runtimeSymbols
    .filter(({ id }) => isPublic(id))
    .flatMap(({ declaration, id, members }) =>
      [declaration, ...members.map((member) => member.declaration)]
        .flat()
        .flatMap(({ symbol }) => (symbol === undefined || isPublic(symbol) ? [] : `${id} names ${symbol}`)),
    );
  assert.deepEqual([...new Set(hidden)], []);
});

test('classes and interfaces that every program meets have no members but those for programs', () => {
  type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
  type OfFactory =
    | 'buildServiceClient'
    | 'close'
    | 'determineCurrentRegion'
    | 'ensureCredentialsAvailable'
    | 'makeNew'
    | typeof Symbol.asyncDispose;
  const same: [
    Same<keyof ApiFactory, OfFactory>,
    Same<keyof FakeApiFactory, OfFactory | 'answer' | 'attempts' | 'inputs'>,
    Same<keyof ServiceClient, 'call' | 'clock' | 'metadata'>,
  ] = [true, true, true];
  assert.ok(same.every(Boolean));
});
