import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { limits } from '../../protocol/limits.ts';
import { openConnection } from './hand-pumped-socket.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('connection', () => {
  test('answers the challenge with a hello and is connected once the server is ready', async () => {
    const { greet, latest, states } = openConnection();
    await greet();
    expect(latest().sent).toEqual([{ type: 'hello' }]);
    expect(states).toEqual(['connecting', 'connected']);
  });

  test('sends nothing before the server is ready, and says so', async () => {
    const { connection, greet, latest } = openConnection();
    expect(connection.send({ type: 'typing' })).toBe(false);
    await greet();
    expect(connection.send({ type: 'typing' })).toBe(true);
    expect(latest().sent.at(-1)).toEqual({ type: 'typing' });
  });

  test('opens the next socket after a random part of a bound that doubles', () => {
    const { latest, sockets } = openConnection({ random: () => 1 });
    for (const bound of [500, 1000, 2000]) {
      const before = sockets.length;
      latest().cut();
      vi.advanceTimersByTime(bound - 1);
      expect(sockets.length).toBe(before);
      vi.advanceTimersByTime(1);
      expect(sockets.length).toBe(before + 1);
    }
  });

  test('comes back when the server advised it to, not earlier', async () => {
    const { greet, latest, sockets } = openConnection({ random: () => 0 });
    await greet();
    latest().deliver({ type: 'draining', reconnectAfterMs: 4000 });
    latest().cut();
    vi.advanceTimersByTime(3999);
    expect(sockets.length).toBe(1);
    vi.advanceTimersByTime(1);
    expect(sockets.length).toBe(2);
  });

  test('gives up a socket that died in silence', async () => {
    const { greet, latest, sockets, states } = openConnection({ random: () => 0 });
    await greet();
    vi.advanceTimersByTime(limits.quietMs);
    expect(latest().sent.at(-1)).toEqual({ type: 'ping' });
    vi.advanceTimersByTime(limits.pongMs);
    expect(states).toContain('waiting');
    vi.advanceTimersByTime(1);
    expect(sockets.length).toBe(2);
    expect(sockets[0]?.closed).toBe(true);
  });

  test('keeps a socket whose server answered the question', async () => {
    const { greet, latest, sockets } = openConnection();
    await greet();
    vi.advanceTimersByTime(limits.quietMs);
    latest().deliver({ type: 'pong' });
    vi.advanceTimersByTime(limits.pongMs);
    expect(sockets.length).toBe(1);
  });

  test('tries at once when the network comes back', () => {
    const { latest, online, sockets } = openConnection({ random: () => 1 });
    latest().cut();
    online();
    expect(sockets.length).toBe(2);
  });

  test('says at once that the network went, and is back as soon as it is', async () => {
    const { greet, offline, online, sockets, states } = openConnection({ random: () => 1 });
    await greet();
    offline();
    expect(states.at(-1)).toBe('waiting');
    expect(sockets[0]?.closed).toBe(true);
    offline();
    online();
    expect(sockets.length).toBe(2);
    await greet();
    expect(states).toEqual(['connecting', 'connected', 'waiting', 'connecting', 'connected']);
  });

  test('hears nothing more of a socket that it gave up', async () => {
    const { connection, frames, greet, sockets } = openConnection();
    await greet();
    connection.restart();
    const heard = frames.length;
    sockets[0]?.deliver({ type: 'event' });
    sockets[0]?.cut();
    expect(frames.length).toBe(heard);
    expect(sockets.length).toBe(2);
  });

  test('counts a hello that could not be made as a failed try', async () => {
    const { latest, states } = openConnection({ hello: () => Promise.reject(new Error('no key')) });
    latest().deliver({ type: 'challenge', version: 1, nonce: 'n', at: 1 });
    await vi.advanceTimersByTimeAsync(0);
    expect(states).toContain('waiting');
  });

  test('leaves no timer and no socket behind when stopped', async () => {
    const { connection, greet, latest } = openConnection();
    await greet();
    connection.stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(latest().closed).toBe(true);
  });
});
