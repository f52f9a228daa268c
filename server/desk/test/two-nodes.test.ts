import { describe, expect, test } from 'vitest';
import { openDesk } from './open-desk.ts';
import { accepted, codeOf, newId, type Visitor } from './people.ts';

/** The same visitor, or agent, with another tab that is connected to another node. */
const sameOn = <Person extends { desk: unknown }>(person: Person, desk: Person['desk']): Person =>
  Object.assign(Object.create(Object.getPrototypeOf(person)), person, { desk });

describe('two nodes over one store', () => {
  test('C147 of two agents who accept at the same instant one gets it, 200 times', async (t) => {
    const { agent, visitor, newDesk, story, desk } = await openDesk(t);
    const other = await newDesk();
    const anna = await agent('anna');
    const bram = await agent('bram', { on: other });
    for (let round = 0; round < 200; round++) {
      const ada = await visitor();
      const id = await ada.request();
      const asked = (await story(id)).at(-1);
      const accept = { type: 'accept' } as const;
      const answers = await Promise.all([
        desk.fromAgent(anna.agent, id, newId(), accept),
        other.fromAgent(bram.agent, id, newId(), accept),
      ]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.map(codeOf)).toContainEqual(expect.stringMatching(/^(already_taken|not_presented)$/));
      const lines = await story(id);
      expect(lines.filter((line) => line.startsWith('accepted'))).toEqual([asked?.replace('presented', 'accepted')]);
      await ada.end();
    }
  });

  test('C147 of accept here and decline there, by the same agent at the same instant, one is done', async (t) => {
    const { agent, visitor, newDesk, story } = await openDesk(t);
    const other = await newDesk();
    const anna = await agent('anna');
    const annaThere = sameOn(anna, other);
    await annaThere.come();
    await anna.ready();
    for (let round = 0; round < 50; round++) {
      const ada = await visitor();
      const id = await ada.request();
      const answers = await Promise.all([
        anna.desk.fromAgent(anna.agent, id, newId(), { type: 'accept' }),
        other.fromAgent(anna.agent, id, newId(), { type: 'decline' }),
      ]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect((await story(id)).slice(2, 3)).toEqual([answers[0]?.ok ? 'accepted anna' : 'declined anna']);
      await ada.end();
    }
  });

  test('W043 two tabs on two nodes write at once: all is stored, gapless, in one order', async (t) => {
    const { visitor, newDesk, log, toldTo } = await openDesk(t);
    const other = await newDesk();
    const ada = await visitor();
    const id = await ada.request();
    const tabs = [ada, sameOn(ada, other)];
    const context = { ...ada.context(), conversation: id };
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all(
        tabs.flatMap(({ desk }, tab) =>
          Array.from({ length: 20 }, (_, index) =>
            desk.fromVisitor(context, newId(), { type: 'message', text: `${tab}/${round * 20 + index}` }),
          ),
        ),
      );
      expect(answers.map(codeOf)).toEqual(answers.map(() => 'ok'));
    }
    const events = await log(id);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 401 }, (_, index) => index + 1));
    for (const tab of [0, 1]) {
      const texts = events.flatMap(({ body }) => (body.type === 'message' ? [body.text] : []));
      const theirs = texts.filter((text) => text.startsWith(`${tab}/`));
      expect(theirs).toEqual(Array.from({ length: 200 }, (_, index) => `${tab}/${index}`));
    }
    const told = toldTo(`conversation:${id}`).flatMap((message) =>
      message.kind === 'events' ? message.events.map(({ seq }) => seq) : [],
    );
    expect(told.toSorted((a, b) => a - b)).toEqual(events.map(({ seq }) => seq));
  });

  test('R191 the same command on both at once is done once, and both hear the same, 100 times', async (t) => {
    const { visitor, newDesk, log } = await openDesk(t);
    const other = await newDesk();
    const ada = await visitor();
    const id = await ada.request();
    for (let round = 0; round < 100; round++) {
      const command = newId();
      const message = { type: 'message', text: `${round}` } as const;
      const answers = await Promise.all(
        [ada.desk, other].map((desk) => desk.fromVisitor(ada.context(), command, message)),
      );
      expect(accepted(answers[0] as never)).toEqual(accepted(answers[1] as never));
    }
    expect(await log(id)).toHaveLength(101);
  });

  test('R191 the same first request on both at once begins one conversation, 50 times', async (t) => {
    const { visitor, newDesk, log } = await openDesk(t);
    const other = await newDesk();
    for (let round = 0; round < 50; round++) {
      const ada = await visitor();
      const command = newId();
      const request = { type: 'request', page: { url: 'https://shop.example/', title: '' }, locale: 'en' } as const;
      const answers = await Promise.all(
        [ada.desk, other].map((desk) => desk.fromVisitor(ada.context(), command, request)),
      );
      const [one, two] = answers.map(accepted);
      expect(one).toEqual(two);
      expect(await log(one?.conversation as never)).toHaveLength(1);
    }
  });

  test('what one remembers of a conversation refuses nothing that the other has made possible', async (t) => {
    const { agent, visitor, newDesk, head } = await openDesk(t);
    const other = await newDesk();
    const ada = await visitor();
    const id = await ada.request();
    const anna = await agent('anna', { on: other });
    expect(await head(id)).toMatchObject({ phase: 'presented', agent: 'anna' });
    expect((await sameOn(anna, ada.desk as never).accept(id)).ok).toBe(true);
    expect((await anna.say(id, 'hello')).ok).toBe(true);
    expect((await ada.say('hello')).ok).toBe(true);
  });

  test('a message finds the conversation that was begun on the other', async (t) => {
    const { visitor, newDesk } = await openDesk(t);
    const other = await newDesk();
    const ada = await visitor();
    await ada.request();
    const there: Visitor = sameOn(ada, other);
    await there.say('hello from there');
    await ada.end();
    const second = await ada.request();
    expect(await there.say('hello again')).toMatchObject({ ok: true, conversation: second });
  });

  test('J072 signing out on one ends the chat that was begun on the other', async (t) => {
    const { visitor, newDesk, head } = await openDesk(t);
    const other = await newDesk();
    const ada = await visitor();
    await ada.request();
    await sameOn(ada, other).say('hello from there');
    await ada.end();
    const second = await ada.request();
    await other.signOutVisitor(ada.session);
    expect((await head(second)).phase).toBe('ended');
  });

  test('a request on one is presented to an agent who is connected to the other', async (t) => {
    const { agent, visitor, newDesk, head } = await openDesk(t);
    await agent('anna', { on: await newDesk() });
    const id = await (await visitor()).request();
    expect(await head(id)).toMatchObject({ phase: 'presented', agent: 'anna' });
  });

  test('both watch the clock, and what is due is done once', async (t) => {
    const { agent, visitor, newDesk, clock, story, dutyOf } = await openDesk(t);
    await newDesk();
    await agent('anna');
    const id = await (await visitor()).request();
    await clock.advance(30_500);
    expect(await story(id)).toEqual(['requested', 'presented anna', 'lapsed anna']);
    expect(await dutyOf('anna')).toMatchObject({ missed: 1 });
  });
});
