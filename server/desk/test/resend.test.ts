import { describe, expect, test } from 'vitest';
import type { Store } from '../../store/store.ts';
import { requestId } from '../visitor-request.ts';
import { openDesk } from './open-desk.ts';
import { accepted, codeOf, newId } from './people.ts';

describe('a command that is sent again', () => {
  test('R189 is answered with its first outcome and changes nothing', async (t) => {
    const { visitor, agent, log, heard } = await openDesk(t);
    const anna = await agent('anna');
    const ada = await visitor();
    const requestCommand = newId();
    const first = accepted(await ada.tryRequest({}, requestCommand));
    const said = newId();
    const saidFirst = await ada.say('hello', said);
    const taken = newId();
    const takenFirst = await anna.accept(first.conversation, taken);
    const over = newId();
    const overFirst = await ada.end(over);
    const length = (await log(first.conversation)).length;
    const heardBefore = heard.length;

    expect(await ada.tryRequest({}, requestCommand)).toEqual(first);
    expect(await ada.say('hello', said)).toEqual(saidFirst);
    expect(await anna.accept(first.conversation, taken)).toEqual(takenFirst);
    expect(await ada.end(over)).toEqual(overFirst);
    expect(await log(first.conversation)).toHaveLength(length);
    expect(heard).toHaveLength(heardBefore);
  });

  test('a decline is known again although somebody else is asked by now', async (t) => {
    const { visitor, agent, story } = await openDesk(t);
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await agent('bram');
    const declined = newId();
    const first = await anna.decline(id, declined);
    expect((await story(id)).at(-1)).toBe('presented bram');
    expect(await anna.decline(id, declined)).toEqual(first);
  });

  test('R190 with another body is refused, and the first stands', async (t) => {
    const { visitor, log } = await openDesk(t);
    const ada = await visitor();
    const id = await ada.request();
    const command = newId();
    await ada.say('hello', command);
    expect(codeOf(await ada.say('goodbye', command))).toBe('conflicting_resend');
    expect(codeOf(await ada.end(command))).toBe('conflicting_resend');
    expect(await log(id)).toHaveLength(2);
  });

  test('R190 an older request is known again when a newer conversation is open', async (t) => {
    const { visitor } = await openDesk(t);
    const ada = await visitor();
    const command = newId();
    const first = await ada.tryRequest({}, command);
    await ada.end();
    const second = await ada.request();
    expect(await ada.tryRequest({}, command)).toEqual(first);
    expect(await ada.say('to the newer one')).toMatchObject({ conversation: second });
  });

  test('U a message that another tab’s new chat overtook is said once, where it was said', async (t) => {
    const { visitor, log } = await openDesk(t);
    const ada = await visitor();
    const first = await ada.request();
    const said = newId();
    const outcome = await ada.send({ type: 'message', text: 'hello' }, said, first);
    await ada.end();
    const second = await ada.request();
    expect(await ada.send({ type: 'message', text: 'hello' }, said, first)).toEqual(outcome);
    expect(codeOf(await ada.send({ type: 'message', text: 'late' }, newId(), first))).toBe('already_ended');
    expect(await log(second)).toHaveLength(1);
  });

  test('R191 a hundred times at once leaves one event, and all get its place', async (t) => {
    const { visitor, log } = await openDesk(t);
    const ada = await visitor();
    const id = await ada.request();
    const command = newId();
    const answers = await Promise.all(Array.from({ length: 100 }, () => ada.say('hello', command)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await log(id)).toHaveLength(2);
  });
});

describe('an append whose outcome is unknown', () => {
  const failing = { before: false, after: false, reading: false };
  const between = (real: Store): Store => ({
    ...real,
    log: {
      ...real.log,
      async append(append) {
        if (failing.before) throw new Error('the store went away before');
        const outcome = await real.log.append(append);
        if (failing.after) throw new Error('the store went away after');
        return outcome;
      },
      async read(...args) {
        if (failing.reading) throw new Error('the store is away');
        return real.log.read(...args);
      },
    },
  });
  const fail = (how: Partial<typeof failing> = {}) =>
    Object.assign(failing, { before: false, after: false, reading: false }, how);

  test('SECURITY 10 is looked up: where it was committed, it is acknowledged and told', async (t) => {
    fail();
    const { visitor, log, toldTo } = await openDesk(t, { between });
    const ada = await visitor();
    const id = await ada.request();
    fail({ after: true });
    const answer = await ada.say('hello');
    fail();
    expect(answer).toMatchObject({ ok: true, seq: 2 });
    expect(await log(id)).toHaveLength(2);
    expect(toldTo(`conversation:${id}`).filter(({ kind }) => kind === 'events')).toHaveLength(2);
    expect(await ada.say('and on')).toMatchObject({ ok: true, seq: 3 });
  });

  test('SECURITY 10 where it was not, it is to be sent again, and is done once', async (t) => {
    fail();
    const { visitor, log } = await openDesk(t, { between });
    const ada = await visitor();
    const id = await ada.request();
    fail({ before: true });
    const command = newId();
    expect(await ada.say('hello', command)).toMatchObject({
      ok: false,
      refusal: { code: 'unavailable', retryAfterMs: 1000 },
    });
    fail();
    expect(await ada.say('hello', command)).toMatchObject({ ok: true, seq: 2 });
    expect(await log(id)).toHaveLength(2);
  });

  test('R201 where the store cannot be asked, nothing is acknowledged; sent again, it was done once', async (t) => {
    fail();
    const { visitor, log, toldTo } = await openDesk(t, { between });
    const ada = await visitor();
    const id = await ada.request();
    fail({ after: true, reading: true });
    const command = newId();
    expect(codeOf(await ada.say('hello', command))).toBe('unavailable');
    fail();
    expect(await ada.say('hello', command)).toMatchObject({ ok: true, seq: 2 });
    expect(await log(id)).toHaveLength(2);
    expect(await ada.say('and on')).toMatchObject({ ok: true, seq: 3 });
    expect(toldTo(`conversation:${id}`).at(-1)).toMatchObject({ kind: 'events', events: [{ seq: 3 }] });
  });

  test('R201 of a first request leaves one conversation', async (t) => {
    fail();
    const { visitor, store } = await openDesk(t, { between });
    const ada = await visitor();
    fail({ after: true, reading: true });
    const command = newId();
    expect(codeOf(await ada.tryRequest({}, command))).toBe('unavailable');
    fail();
    expect(await ada.tryRequest({}, command)).toMatchObject({
      ok: true,
      conversation: requestId(ada.session.id, command),
    });
    expect(await store.conversations.waiting(10)).toHaveLength(1);
  });
});
