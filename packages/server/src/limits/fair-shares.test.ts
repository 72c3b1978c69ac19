import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressBlocks } from './address-block.ts';
import { FairShares, type Held, type Holder } from './fair-shares.ts';

/** Addresses of which some are alone, and some share a /48, a /56 or a /64. */
const addresses = [
  '192.0.2.1',
  '192.0.2.2',
  '198.51.100.1',
  '2001:db8:1::1',
  '2001:db8:1::2',
  '2001:db8:1:1::1',
  '2001:db8:1:100::1',
  '2001:db8:2::1',
];
const holders = new Map(addresses.map((address) => [address, addressBlocks(address)]));
const holderOf = (address: string) => holders.get(address) as Holder;

interface Ticket {
  readonly address: string;
  readonly number: number;
}

type Step =
  | { readonly kind: 'add'; readonly address: string }
  | { readonly kind: 'remove'; readonly at: number }
  | { readonly kind: 'takeTurn' }
  | { readonly kind: 'takeFromLargest'; readonly which: 'newest' | 'oldest'; readonly newcomer: string };

const anyAddress = fc.constantFrom(...addresses);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('add'), address: anyAddress }) },
  fc.record({ kind: fc.constant('remove'), at: fc.nat() }),
  fc.record({ kind: fc.constant('takeTurn') }),
  fc.record({
    kind: fc.constant('takeFromLargest'),
    which: fc.constantFrom('newest', 'oldest'),
    newcomer: anyAddress,
  }),
) as fc.Arbitrary<Step>;

function countIn(tickets: readonly Ticket[], circle: string): number {
  return tickets.filter(({ address }) => holderOf(address).some(({ name }) => name === circle)).length;
}

/** The sizes of the sibling circles that the holder of a ticket is in, at each width. */
function siblingsOf(tickets: readonly Ticket[], { address }: Ticket) {
  const holder = holderOf(address);
  return holder.map((circle, depth) => {
    const wider = holder[depth - 1]?.name;
    const names = new Set(
      tickets
        .map((ticket) => holderOf(ticket.address))
        .filter((other) => depth === 0 || other[depth - 1]?.name === wider)
        .map((other) => other[depth]?.name as string),
    );
    return { own: countIn(tickets, circle.name), sizes: [...names].map((name) => countIn(tickets, name)) };
  });
}

test('whatever comes and goes, sizes are right, nothing is lost, and the largest holder is the one that loses', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 120 }), (steps) => {
      const shares = new FairShares<Ticket>();
      const held: Held<Ticket>[] = [];
      const tickets = () => held.map(({ item }) => item);
      const leave = (ticket: Ticket | undefined) => {
        const index = held.findIndex(({ item }) => item === ticket);
        if (index !== -1) assert.equal(shares.remove(held[index] as Held<Ticket>), false, 'it has left');
        held.splice(index, 1);
      };
      for (const [number, step] of steps.entries()) {
        const before = tickets();
        if (step.kind === 'add') {
          held.push(shares.add(holderOf(step.address), { address: step.address, number }));
        } else if (held.length === 0) {
          assert.equal(shares.takeTurn(), undefined);
          assert.equal(shares.takeFromLargest('newest'), undefined);
        } else if (step.kind === 'remove') {
          const [gone] = held.splice(step.at % held.length, 1);
          assert.equal(shares.remove(gone as Held<Ticket>), true);
          assert.equal(shares.remove(gone as Held<Ticket>), false);
        } else if (step.kind === 'takeTurn') {
          const taken = shares.takeTurn() as Ticket;
          const ownBefore = before.filter(({ address }) => isOneHolder(address, taken.address));
          assert.equal(taken, ownBefore[0], 'the oldest of its holder');
          leave(taken);
        } else {
          const taken = shares.takeFromLargest(step.which, holderOf(step.newcomer)) as Ticket;
          for (const { own, sizes } of siblingsOf(before, taken)) assert.equal(own, Math.max(...sizes));
          const ownBefore = before.filter(({ address }) => isOneHolder(address, taken.address));
          assert.equal(taken, ownBefore.at(step.which === 'oldest' ? 0 : -1));
          leave(taken);
        }
        assert.equal(shares.size, held.length);
        for (const address of addresses) {
          const expected = holderOf(address).map(({ name }) => countIn(tickets(), name));
          assert.deepEqual(shares.sizesOf(holderOf(address)), expected);
        }
      }
    }),
  );
});

function isOneHolder(one: string, other: string): boolean {
  return holderOf(one).at(-1)?.name === holderOf(other).at(-1)?.name;
}

test('in a round each address has one turn, and all the networks of one /48 have one together', () => {
  const shares = new FairShares<string>();
  for (const address of addresses) {
    for (let i = 0; i < 20; i += 1) shares.add(holderOf(address), address);
  }
  const turns = Array.from({ length: 5 * 8 }, () => shares.takeTurn() as string);
  const count = (circle: string) =>
    turns.filter((address) => holderOf(address).some(({ name }) => name === circle)).length;
  for (const circle of ['192.0.2.1', '192.0.2.2', '198.51.100.1', '2001:db8:1::/48', '2001:db8:2::/48']) {
    assert.equal(count(circle), 8, circle);
  }
  assert.equal(count('2001:db8:1:0::/56'), 4);
  assert.equal(count('2001:db8:1:100::/56'), 4);
  assert.equal(count('2001:db8:1:0::/64'), 2);
  assert.equal(count('2001:db8:1:1::/64'), 2);
});

test('whoever waits has a turn after at most one of each other holder, whatever these add in the meantime', () => {
  fc.assert(
    fc.property(fc.array(anyAddress, { maxLength: 100 }), anyAddress, (others, address) => {
      const shares = new FairShares<string>();
      const own = holderOf(address)[0]?.name;
      const elsewhere = others.filter((other) => holderOf(other)[0]?.name !== own);
      for (const other of elsewhere) shares.add(holderOf(other), other);
      const rivals = new Set(elsewhere.map((other) => holderOf(other)[0]?.name)).size;
      shares.add(holderOf(address), 'mine');
      let waited = 0;
      for (let taken = shares.takeTurn(); taken !== 'mine'; taken = shares.takeTurn()) {
        waited += 1;
        for (const other of elsewhere) shares.add(holderOf(other), other);
      }
      assert.ok(waited <= rivals, `${waited} turns of ${rivals} others`);
    }),
  );
});

test('who comes while others have as much is the one who leaves, at every width', () => {
  const shares = new FairShares<string>();
  for (const address of ['192.0.2.1', '2001:db8:1::1', '2001:db8:1:1::1']) {
    shares.add(holderOf(address), address);
  }
  shares.add(holderOf('192.0.2.2'), 'newcomer');
  assert.equal(shares.takeFromLargest('newest', holderOf('192.0.2.2')), '2001:db8:1::1', 'the /48 had two');
  shares.add(holderOf('198.51.100.1'), 'late');
  assert.equal(shares.takeFromLargest('newest', holderOf('198.51.100.1')), 'late');
});

test('a /56 has the room of 4 addresses, and a /48 of 16', () => {
  const shares = new FairShares<number>();
  const fill = (addressOf: (index: number) => string) => {
    for (let index = 0; index < 2_048; index += 1) {
      const holder = addressBlocks(addressOf(index));
      if (shares.hasRoom(holder, 3)) shares.add(holder, index);
    }
  };
  fill(() => '192.0.2.1');
  assert.equal(shares.size, 3);
  fill((index) => `2001:db8:2:${(index % 256).toString(16)}::1`);
  assert.equal(shares.size, 3 + 3 * 4);
  fill((index) => `2001:db8:3:${(index * 31).toString(16)}::1`);
  assert.equal(shares.size, 3 + 3 * 4 + 3 * 16);
});
