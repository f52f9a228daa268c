import { expect, test } from 'vitest';
import type { EventBody, EventType } from '../../../protocol/entities.ts';
import { audienceOf } from '../audience.ts';

test('INV3 the visitor may see that they asked, were helped, were left, and that it ended: nothing else', () => {
  const everyone: EventType[] = ['requested', 'accepted', 'left', 'ended'];
  const agents: EventType[] = [
    'visited',
    'claimed',
    'verified',
    'unverified',
    'presented',
    'declined',
    'lapsed',
    'returned',
  ];
  for (const type of everyone) expect(audienceOf({ type } as EventBody), type).toBe('everyone');
  for (const type of agents) expect(audienceOf({ type } as EventBody), type).toBe('agents');
});

test('INV3 a message is for whom its sender said', () => {
  expect(audienceOf({ type: 'message', text: 'hi', audience: 'agents' })).toBe('agents');
  expect(audienceOf({ type: 'message', text: 'hi', audience: 'everyone' })).toBe('everyone');
});
