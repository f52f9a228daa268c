import { describe, expect, type TestContext, test } from 'vitest';
import type { AgentCommand } from '../../../protocol/commands.ts';
import type { Audience } from '../../../protocol/entities.ts';
import type { AgentId, ConversationId, FileId } from '../../../protocol/ids.ts';
import type { StoredFile } from '../../store/files-store.ts';
import type { Store } from '../../store/store.ts';
import { organization, shop } from './furnish.ts';
import { openDesk } from './open-desk.ts';
import { accepted, codeOf, newId } from './people.ts';

let count = 0;

/** Anna has a chat with Ada; files are put into the store as an upload would leave them. */
async function inChat(t: TestContext, between?: (store: Store) => Store) {
  const opened = await openDesk(t, between ? { between } : {});
  const anna = await opened.agent('anna');
  const ada = await opened.visitor();
  const id = await ada.request();
  await anna.accept(id);
  async function upload(change: Partial<StoredFile> = {}): Promise<FileId> {
    const file: StoredFile = {
      id: `file-${String(count++).padStart(17, '0')}` as FileId,
      organization,
      conversation: id,
      audience: 'everyone',
      agent: anna.agent.id,
      name: 'a.txt',
      kind: 'text',
      type: 'text/plain',
      bytes: 5,
      width: null,
      height: null,
      state: 'ready',
      command: null,
      createdAt: 1,
      ...change,
    };
    await opened.store.files.create(file);
    return file.id;
  }
  const send = (files: FileId[], audience: Audience = 'everyone', command = newId()) =>
    anna.send(id, { type: 'message', text: '', audience, files }, command);
  const stateOf = async (file: FileId) => (await opened.store.files.find(file))?.state;
  return { ...opened, anna, ada, id, upload, send, stateOf };
}

describe('a message with files', () => {
  test('carries them by what they are, and they are its own', async (t) => {
    const { upload, send, id, log, stateOf } = await inChat(t);
    const files = [await upload(), await upload({ name: 'b.png', kind: 'image', width: 3, height: 2 })];
    accepted(await send(files));
    expect((await log(id)).at(-1)?.body).toMatchObject({
      files: [
        { id: files[0], name: 'a.txt', kind: 'text', bytes: 5 },
        { id: files[1], name: 'b.png', kind: 'image', width: 3, height: 2 },
      ],
    });
    expect(await Promise.all(files.map(stateOf))).toEqual(['sent', 'sent']);
    expect(codeOf(await send(files))).toBe('file_taken');
  });

  test('R189 sent again is the same message with the same files', async (t) => {
    const { upload, send, id, log } = await inChat(t);
    const files = [await upload()];
    const command = newId();
    const first = await send(files, 'everyone', command);
    expect(await send(files, 'everyone', command)).toEqual(first);
    expect(codeOf(await send([await upload()], 'everyone', command))).toBe('conflicting_resend');
    expect((await log(id)).filter(({ body }) => body.type === 'message')).toHaveLength(1);
  });

  test('a file is in one message, however many are sent at once', async (t) => {
    const { upload, anna, id, desk, log, stateOf } = await inChat(t);
    const shared = await upload();
    const own = await Promise.all([1, 2, 3, 4].map(() => upload()));
    const all = own.map((file) =>
      desk.fromAgent(anna.agent, id, newId(), {
        type: 'message',
        text: '',
        audience: 'everyone',
        files: [file, shared],
      }),
    );
    const codes = (await Promise.all(all)).map(codeOf);
    expect(codes.toSorted()).toEqual(['file_taken', 'file_taken', 'file_taken', 'ok']);
    const carried = (await log(id)).flatMap(({ body }) => (body.type === 'message' ? (body.files ?? []) : []));
    expect(carried.filter((file) => file.id === shared)).toHaveLength(1);
    // What the refused ones had taken is to be had again.
    const states = await Promise.all(own.map(stateOf));
    expect(states.toSorted()).toEqual(['ready', 'ready', 'ready', 'sent']);
  });

  test('P116 a file of one audience is in no message of the other', async (t) => {
    const { upload, send, stateOf } = await inChat(t);
    const [secret, open] = [await upload({ audience: 'agents' }), await upload()];
    expect(codeOf(await send([secret], 'everyone'))).toBe('file_unknown');
    expect(codeOf(await send([open], 'agents'))).toBe('file_unknown');
    expect(codeOf(await send([open, secret], 'everyone'))).toBe('file_unknown');
    expect(await Promise.all([secret, open].map(stateOf))).toEqual(['ready', 'ready']);
    expect(codeOf(await send([secret], 'agents'))).toBe('ok');
  });

  test('a file of somebody else, of another chat, or that is none, is not known', async (t) => {
    const { upload, send, ada, visitor, anna, stateOf } = await inChat(t);
    const other = await (await visitor()).request();
    await anna.accept(other);
    const files = [
      await upload({ agent: 'bram' as AgentId }),
      await upload({ agent: null }),
      await upload({ conversation: other as ConversationId }),
    ];
    const unknown = await send(['nothing-of-this-name-00' as FileId]);
    expect(codeOf(unknown)).toBe('file_unknown');
    for (const file of files) expect(await send([file])).toEqual(unknown);
    const hers = await ada.send({ type: 'message', text: '', files: [files[0] as FileId] });
    expect(codeOf(hers)).toBe('file_unknown');
    expect(await Promise.all(files.map(stateOf))).toEqual(['ready', 'ready', 'ready']);
  });

  test('what is still being checked is to be sent later', async (t) => {
    const { upload, send, store } = await inChat(t);
    const file = await upload({ state: 'pending' });
    expect(codeOf(await send([file]))).toBe('wrong_state');
    await store.files.setReady(file);
    expect(codeOf(await send([file]))).toBe('ok');
  });

  test('refused gives its files back, to be sent elsewhere in the chat', async (t) => {
    const { upload, anna, id, agent, stateOf, store } = await inChat(t);
    const bram = await agent('bram');
    const file = await upload({ agent: bram.agent.id });
    expect(codeOf(await bram.send(id, { type: 'message', text: '', audience: 'everyone', files: [file] }))).toBe(
      'not_allowed',
    );
    expect(await store.files.find(file)).toMatchObject({ state: 'ready', command: null });
    await anna.send(id, { type: 'invite', to: { kind: 'agent', agent: bram.agent.id }, note: '', plan: 'stay' });
    await bram.accept(id);
    expect(codeOf(await bram.send(id, { type: 'message', text: '', audience: 'everyone', files: [file] }))).toBe('ok');
    expect(await stateOf(file)).toBe('sent');
  });

  test('whose outcome nobody knows keeps its files, and they go with it when it is sent again', async (t) => {
    let isDown = false;
    const chat = await inChat(t, (real) => ({
      ...real,
      log: {
        ...real.log,
        append: async (append) => {
          if (isDown) throw new Error('the disk is gone');
          return real.log.append(append);
        },
      },
    }));
    const { upload, send, stateOf } = chat;
    const file = await upload();
    const command = newId();
    isDown = true;
    expect(codeOf(await send([file], 'everyone', command))).toBe('unavailable');
    expect(await stateOf(file)).toBe('taken');
    isDown = false;
    expect(codeOf(await send([file]))).toBe('file_taken');
    expect(codeOf(await send([file], 'everyone', command))).toBe('ok');
    expect(await stateOf(file)).toBe('sent');
  });
});

describe('a visitor’s files', () => {
  test('go with their message, for everyone', async (t) => {
    const { upload, ada, id, log } = await inChat(t);
    const file = await upload({ agent: null });
    expect(codeOf(await ada.send({ type: 'message', text: 'look', files: [file] }))).toBe('ok');
    expect((await log(id)).at(-1)).toMatchObject({ visitorSeq: 3, body: { text: 'look', files: [{ id: file }] } });
  });

  test('are refused where the site takes none', async (t) => {
    const { upload, ada, store, stateOf } = await inChat(t);
    const file = await upload({ agent: null });
    await store.sites.update(organization, shop.id, { files: false });
    const answer = await ada.send({ type: 'message', text: '', files: [file] });
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'not_allowed', field: 'files' } });
    expect(await stateOf(file)).toBe('ready');
  });

  test('stay with the chat that they were uploaded for', async (t) => {
    const { upload, ada } = await inChat(t);
    const file = await upload({ agent: null });
    await ada.end();
    expect(codeOf(await ada.send({ type: 'message', text: '', files: [file] }))).toBe('already_ended');
    await ada.request();
    expect(codeOf(await ada.send({ type: 'message', text: '', files: [file] }))).toBe('file_unknown');
  });
});

describe('pictures of an offer', () => {
  const offer = (picture: FileId): AgentCommand => ({
    type: 'offer',
    content: {
      title: 'Which?',
      options: [
        { value: 'a', label: 'A', picture },
        { value: 'b', label: 'B', picture },
      ],
      least: 1,
      most: 1,
      optional: false,
    },
  });

  test('are named by their files, and sent with it', async (t) => {
    const { upload, anna, id, log, stateOf } = await inChat(t);
    const picture = await upload({ kind: 'image', name: 'a.png', width: 2, height: 2 });
    const command = newId();
    accepted(await anna.send(id, offer(picture), command));
    expect(await anna.send(id, offer(picture), command)).toMatchObject({ ok: true, seq: 4 });
    expect((await log(id)).at(-1)?.body).toMatchObject({ content: { options: [{ picture: { id: picture } }, {}] } });
    expect(await stateOf(picture)).toBe('sent');
  });

  test('are pictures, and for everyone', async (t) => {
    const { upload, anna, id, stateOf } = await inChat(t);
    const document = await upload({ kind: 'pdf' });
    const field = 'content.options[0].picture';
    expect(await anna.send(id, offer(document))).toMatchObject({ refusal: { code: 'invalid_field', field } });
    expect(await stateOf(document)).toBe('ready');
    expect(codeOf(await anna.send(id, offer(await upload({ kind: 'image', audience: 'agents' }))))).toBe(
      'file_unknown',
    );
  });
});
