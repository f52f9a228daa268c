import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AgentFrame, ToAgent } from '../../protocol/agent-frames.ts';
import { Counting } from '../state/counting.ts';

const counted: ToAgent = { type: 'counted' };
const ready = { type: 'ready' } as ToAgent;

describe('who reads statistics', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function openCounting() {
    const sent: AgentFrame[] = [];
    const onCounted = vi.fn();
    const counting = new Counting({ send: (frame) => sent.push(frame) > 0 });
    return { counting, onCounted, sent };
  }

  it('is told of what was counted within a short time once', () => {
    const { counting, onCounted, sent } = openCounting();
    counting.open(onCounted);
    expect(sent).toEqual([{ type: 'statistics', on: true }]);
    for (let time = 0; time < 5; time++) expect(counting.receive(counted)).toBe(true);
    vi.advanceTimersByTime(2000);
    expect(onCounted).toHaveBeenCalledTimes(1);
    counting.receive(counted);
    vi.advanceTimersByTime(2000);
    expect(onCounted).toHaveBeenCalledTimes(2);
  });

  it('is told after a lost connection, in which anything may have been counted', () => {
    const { counting, onCounted, sent } = openCounting();
    expect(counting.receive(ready)).toBe(false);
    expect(sent).toEqual([]);
    counting.open(onCounted);
    expect(counting.receive(ready)).toBe(false);
    vi.advanceTimersByTime(2000);
    expect(onCounted).toHaveBeenCalledTimes(1);
    expect(sent).toEqual([
      { type: 'statistics', on: true },
      { type: 'statistics', on: true },
    ]);
  });

  it('is told nothing any more once they have left', () => {
    const { counting, onCounted, sent } = openCounting();
    counting.open(onCounted);
    counting.receive(counted);
    counting.close();
    counting.receive(counted);
    vi.advanceTimersByTime(10_000);
    expect(onCounted).not.toHaveBeenCalled();
    expect(sent.at(-1)).toEqual({ type: 'statistics', on: false });
  });
});
