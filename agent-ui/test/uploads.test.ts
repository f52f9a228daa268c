import { afterEach, describe, expect, it, vi } from 'vitest';
import type { UploadOptions, UploadOutcome } from '../../client/upload.ts';
import type { FileId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Chat } from '../state/chat.ts';
import { openChat } from '../state/chat.ts';
import { admit, areReady, isFinal, obstacleOf, Uploads } from '../state/uploads.ts';
import { opening } from './open-desk.ts';

afterEach(() => vi.restoreAllMocks());

const file = (name: string, size = 3) => ({ name, size }) as File;

/** Uploads of one chat, answered by the test. */
function openUploads() {
  let chat: Chat = openChat(opening('ada' as Chat['id']));
  const sent: { options: UploadOptions; answer: (outcome: UploadOutcome) => void }[] = [];
  const uploads = new Uploads({
    chats: {
      find: () => chat,
      change: (_id, change) => {
        chat = change(chat);
      },
    },
    csrf: () => 'token',
    send: (options) => new Promise((answer) => sent.push({ options, answer })),
  });
  const done = async (at: number, id: string) => {
    sent[at]?.answer({ kind: 'uploaded', file: { id: id as FileId, name: 'a.txt', kind: 'text', bytes: 3 } });
    await Promise.resolve();
    await Promise.resolve();
  };
  return {
    uploads,
    sent,
    done,
    id: chat.id,
    chat: () => chat,
    setPrivate(isPrivate: boolean) {
      chat = { ...chat, isPrivate };
      uploads.follow(chat.id);
    },
  };
}

describe('attaching files', () => {
  it('uploads each by itself, for whom the message will be, and tells how far it is', async () => {
    const { uploads, sent, id, chat, done } = openUploads();
    uploads.attach(id, [file('a.txt'), file('b.txt')]);
    expect(sent.map(({ options }) => [options.url, options.headers])).toEqual([
      ['/api/conversations/ada/files?audience=everyone', { 'x-csrf-token': 'token' }],
      ['/api/conversations/ada/files?audience=everyone', { 'x-csrf-token': 'token' }],
    ]);
    sent[0]?.options.onProgress(2);
    expect(chat().uploads[0]?.state).toEqual({ kind: 'sending', sentBytes: 2 });
    await done(0, 'f1');
    expect(areReady(chat().uploads)).toBe(false);
    await done(1, 'f2');
    expect(areReady(chat().uploads)).toBe(true);
    expect(uploads.take(id).map((ref) => ref.id)).toEqual(['f1', 'f2']);
    expect(chat().uploads).toEqual([]);
  });

  it('can be taken back, and tried again after a failure', async () => {
    const { uploads, sent, id, chat } = openUploads();
    uploads.attach(id, [file('a.txt'), file('b.txt')]);
    uploads.remove(id, chat().uploads[0]?.key ?? 0);
    expect(sent[0]?.options.signal.aborted).toBe(true);
    sent[1]?.answer({ kind: 'failed', code: 'interrupted' });
    await Promise.resolve();
    await Promise.resolve();
    expect(chat().uploads).toMatchObject([{ state: { kind: 'failed', code: 'interrupted' } }]);
    uploads.retry(id, chat().uploads[0]?.key ?? 0);
    expect(chat().uploads).toMatchObject([{ state: { kind: 'sending' } }]);
    expect(sent).toHaveLength(3);
  });

  it('says what keeps the message back: a file that would be refused again is taken off, another one tried again', async () => {
    const { uploads, sent, id, chat } = openUploads();
    uploads.attach(id, [file('a.txt'), file('page.html')]);
    expect(obstacleOf(chat().uploads)).toBeNull();
    sent[0]?.answer({ kind: 'failed', code: 'interrupted' });
    await vi.waitFor(() => expect(obstacleOf(chat().uploads)).toBe('failed'));
    sent[1]?.answer({ kind: 'failed', code: 'file_refused' });
    await vi.waitFor(() => expect(obstacleOf(chat().uploads)).toBe('refused'));
    expect((['interrupted', 'timeout', 'no_space', 'unavailable', 'too_many'] as const).some(isFinal)).toBe(false);
  });

  it('P132 follows the mode: no file that was uploaded for agents goes to the visitor, nor the other way', async () => {
    const { uploads, sent, id, chat, done, setPrivate } = openUploads();
    setPrivate(true);
    uploads.attach(id, [file('a.txt')]);
    await done(0, 'private');
    setPrivate(false);
    expect(sent.map(({ options }) => options.url.split('audience=')[1])).toEqual(['agents', 'everyone']);
    expect(areReady(chat().uploads)).toBe(false);
    await done(1, 'public');
    expect(uploads.take(id).map((ref) => ref.id)).toEqual(['public']);
  });

  it('refuses before it travels what the server would refuse for its number or size', () => {
    expect(admit(0, [file('a', 0)])).toEqual({ taken: [], flaw: { reason: 'empty', name: 'a' } });
    expect(admit(0, [file('a', limits.fileBytes + 1)]).flaw).toEqual({ reason: 'large', name: 'a' });
    expect(admit(0, [file('a', limits.fileBytes)]).flaw).toBeNull();
    const many = Array.from({ length: 7 }, (_, at) => file(`${at}`));
    expect(admit(2, many)).toMatchObject({
      taken: [{ name: '0' }, { name: '1' }, { name: '2' }],
      flaw: { reason: 'many' },
    });
  });
});
