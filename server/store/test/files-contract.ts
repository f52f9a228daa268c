import { describe, expect, test } from 'vitest';
import type { CommandId, FileId } from '../../../protocol/ids.ts';
import type { StoredFile } from '../files-store.ts';
import { furnish, newId, open } from './furnish.ts';
import type { Opened } from './store-contract.ts';

export function describeFiles(opened: Opened): void {
  const start = async () => {
    const { store } = opened;
    const { files } = store;
    const furnished = await furnish(store);
    const head = await open(store, furnished);
    const make = async (change: Partial<StoredFile> = {}): Promise<StoredFile> => {
      const file: StoredFile = {
        id: newId<'file'>() as FileId,
        organization: furnished.organization,
        conversation: head.id,
        audience: 'everyone',
        agent: furnished.agent.id,
        name: 'Ä.txt',
        kind: 'text',
        type: 'text/plain; charset=utf-8',
        bytes: 5,
        width: null,
        height: null,
        state: 'ready',
        command: null,
        createdAt: 1000,
        ...change,
      };
      await files.create(file);
      return file;
    };
    return { store, files, furnished, head, make };
  };
  const newCommand = () => newId<'command'>() as CommandId;

  describe('files', () => {
    test('are found by their id, in the order asked for, as they are', async () => {
      const { files, make } = await start();
      const text = await make();
      const picture = await make({ kind: 'image', type: 'image/png', width: 3, height: 2, agent: null });
      const secret = await make({ audience: 'agents', state: 'pending' });
      for (const file of [text, picture, secret]) expect(await files.find(file.id)).toEqual(file);
      const nothing = newId<'file'>() as FileId;
      expect(await files.find(nothing)).toBeNull();
      expect(await files.findAll([secret.id, nothing, text.id])).toEqual([secret, text]);
      expect(await files.findAll([])).toEqual([]);
    });

    test('are of a conversation and an agent of their own organization', async () => {
      const { store, make } = await start();
      const other = await furnish(store);
      await expect(make({ agent: other.agent.id })).rejects.toThrow();
      await expect(make({ conversation: newId<'conversation'>() as never })).rejects.toThrow();
    });

    test('are ready once they are checked, and only what was pending becomes so', async () => {
      const { files, make } = await start();
      const [pending, taken] = [await make({ state: 'pending' }), await make()];
      await files.take([taken.id], newCommand());
      for (const { id } of [pending, taken]) await files.setReady(id);
      expect((await files.findAll([pending.id, taken.id])).map(({ state }) => state)).toEqual(['ready', 'taken']);
    });

    test('are taken all or none, by one command, and by that one again', async () => {
      const { files, make } = await start();
      const [a, b, c] = [(await make()).id, (await make()).id, (await make({ state: 'pending' })).id];
      const [first, second] = [newCommand(), newCommand()];
      expect(await files.take([a, c], first)).toBe(false);
      expect(await files.find(a)).toMatchObject({ state: 'ready', command: null });
      expect(await files.take([a, b], first)).toBe(true);
      expect(await files.take([a, b], first)).toBe(true);
      expect(await files.take([b], second)).toBe(false);
      expect(await files.find(b)).toMatchObject({ state: 'taken', command: first });
      await files.markSent([a, b], first);
      expect(await files.take([a, b], first)).toBe(true);
      expect(await files.take([a], second)).toBe(false);
      expect(await files.findAll([a, b])).toMatchObject([{ state: 'sent' }, { state: 'sent' }]);
    });

    test('a command that wants one more than it can have keeps what it had before', async () => {
      const { files, make } = await start();
      const [sent, lost] = [(await make()).id, (await make()).id];
      const [first, second] = [newCommand(), newCommand()];
      await files.take([sent], first);
      await files.markSent([sent], first);
      await files.take([lost], second);
      expect(await files.take([sent, lost], first)).toBe(false);
      expect(await files.find(sent)).toMatchObject({ state: 'sent', command: first });
      expect(await files.find(lost)).toMatchObject({ state: 'taken', command: second });
    });

    test('of many commands at once, each file goes to one', async () => {
      const { files, make } = await start();
      const ids = await Promise.all([1, 2, 3].map(async () => (await make()).id));
      const commands = Array.from({ length: 8 }, newCommand);
      const taken = await Promise.all(
        commands.map((command, index) =>
          files.take([ids[index % 3] as FileId, ids[(index + 1) % 3] as FileId], command),
        ),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      const winner = commands[taken.indexOf(true)];
      const rows = await files.findAll(ids);
      expect(rows.filter(({ command }) => command === winner)).toHaveLength(2);
      expect(rows.filter(({ state }) => state === 'ready')).toHaveLength(1);
    });

    test('are given back by the command that took them alone, and not when they were sent', async () => {
      const { files, make } = await start();
      const [a, b] = [(await make()).id, (await make()).id];
      const [first, second] = [newCommand(), newCommand()];
      await files.take([a], first);
      await files.take([b], second);
      await files.release([a, b], first);
      expect(await files.findAll([a, b])).toMatchObject([
        { state: 'ready', command: null },
        { state: 'taken', command: second },
      ]);
      await files.markSent([b], second);
      await files.release([b], second);
      expect(await files.find(b)).toMatchObject({ state: 'sent', command: second });
    });

    test('that were given back while their message got through are sent all the same', async () => {
      const { files, make } = await start();
      const { id } = await make();
      const [first, second] = [newCommand(), newCommand()];
      await files.take([id], first);
      await files.release([id], first);
      await files.markSent([id], first);
      expect(await files.find(id)).toMatchObject({ state: 'sent', command: first });
      await files.markSent([id], second);
      expect(await files.find(id)).toMatchObject({ state: 'sent', command: first });
    });

    test('unsent are the older ones that no message carries, the oldest first', async () => {
      const { files, make } = await start();
      const among = async (before: number, limit = 1000) =>
        (await files.unsent(before, limit)).map(({ id }) => id).filter((id) => all.includes(id));
      const made = [
        await make({ createdAt: 30 }),
        await make({ createdAt: 20, state: 'pending' }),
        await make({ createdAt: 10 }),
        await make({ createdAt: 5 }),
        await make({ createdAt: 40 }),
      ];
      const all = made.map(({ id }) => id);
      const [ready, pending, taken, sent] = all as [FileId, FileId, FileId, FileId];
      await files.take([taken, sent], newCommand());
      await files.markSent([sent], newCommand());
      expect(await among(40)).toEqual([taken, pending, ready]);
      expect(await files.unsent(40, 1)).toHaveLength(1);
      expect(await among(10)).toEqual([]);
    });

    test('are deleted in the state that they were seen in, and in no other', async () => {
      const { files, make } = await start();
      const { id } = await make();
      await files.take([id], newCommand());
      expect(await files.delete(id, 'ready')).toBe(false);
      expect(await files.find(id)).not.toBeNull();
      expect(await files.delete(id, 'taken')).toBe(true);
      expect(await files.delete(id, 'taken')).toBe(false);
      expect(await files.find(id)).toBeNull();
    });

    test('of a visitor are counted by conversation and since when', async () => {
      const { store, files, furnished, head, make } = await start();
      const another = await open(store, furnished);
      for (const createdAt of [10, 20, 30]) await make({ agent: null, createdAt, bytes: createdAt });
      await make({ createdAt: 30 });
      await make({ agent: null, createdAt: 30, conversation: another.id });
      expect(await files.uploadedByVisitor(head.id, 20)).toEqual({ files: 2, bytes: 50 });
      expect(await files.uploadedByVisitor(head.id, 31)).toEqual({ files: 0, bytes: 0 });
    });
  });
}
