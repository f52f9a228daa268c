import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { limits } from '../../protocol/limits.ts';
import { upload } from '../upload.ts';
import { type HandPumpedRequest, pumpRequests } from './hand-pumped-request.ts';

const file = { id: 'f'.repeat(22), name: 'lamp.png', kind: 'image', bytes: 4 };
const refusal = { error: { code: 'unsupported_type', message: '', request: 'r' } };

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function begin() {
  const [stop, told] = [new AbortController(), [] as number[]];
  const requests = pumpRequests();
  const outcome = upload({
    url: 'https://desk.example/files',
    headers: { authorization: 'Bearer t' },
    file: new File(['lamp'], 'lamp.png'),
    onProgress: (sentBytes) => told.push(sentBytes),
    signal: stop.signal,
  });
  return { stop, told, outcome, request: requests[0] as HandPumpedRequest };
}

describe('upload', () => {
  test('sends one file with the headers it was given, and resolves with what the server made of it', async () => {
    const { request, outcome } = begin();
    expect(request).toMatchObject({ url: 'https://desk.example/files', headers: { authorization: 'Bearer t' } });
    expect(request.name).toBe('lamp.png');
    request.answer(201, { files: [file] });
    expect(await outcome).toEqual({ kind: 'uploaded', file });
  });

  test('tells how much of the file is sent, not of the form around it', () => {
    const { request, told } = begin();
    request.upload.onprogress?.({ loaded: 3 });
    request.upload.onprogress?.({ loaded: 300 });
    expect(told).toEqual([3, 4]);
  });

  test.each([
    [415, refusal, 'unsupported_type'],
    [413, '<h1>Request Entity Too Large</h1>', 'too_large'],
    [502, '<h1>Bad Gateway</h1>', 'interrupted'],
    [201, {}, 'interrupted'],
  ])('an answer of %i with %j has failed as %s', async (status, body, code) => {
    const { request, outcome } = begin();
    request.answer(status, body);
    expect(await outcome).toEqual({ kind: 'failed', code });
  });

  test('a connection that breaks has failed', async () => {
    const { request, outcome } = begin();
    request.cut();
    expect(await outcome).toEqual({ kind: 'failed', code: 'interrupted' });
  });

  test('a network that died in silence is given up, and one that is slow is not', async () => {
    const { request, outcome } = begin();
    vi.advanceTimersByTime(limits.uploadStallMs - 1);
    request.upload.onprogress?.({ loaded: 1 });
    vi.advanceTimersByTime(limits.uploadStallMs - 1);
    expect(request.isAborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(request.isAborted).toBe(true);
    expect(await outcome).toEqual({ kind: 'failed', code: 'interrupted' });
  });

  test('a server that looks into the file may take longer than the network', () => {
    const { request } = begin();
    request.upload.onload?.();
    vi.advanceTimersByTime(limits.uploadStallMs);
    expect(request.isAborted).toBe(false);
  });

  test('cancelled, it stops, and what comes afterwards changes nothing', async () => {
    const { stop, request, outcome } = begin();
    stop.abort();
    expect(request.isAborted).toBe(true);
    request.answer(201, { files: [file] });
    expect(await outcome).toEqual({ kind: 'cancelled' });
  });
});
