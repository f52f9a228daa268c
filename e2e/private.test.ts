import { expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();
const marker = 'PRIV-4f1c';

test('4: what is private reaches agents alone, also those invited later, and nothing of it the visitor', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna');
  const visitor = await desk.visitor();
  /** Every byte that comes to the visitor's browser over its sockets. */
  const received: string[] = [];
  visitor.page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => received.push(payload.toString())),
  );
  await visitor.requestAs('Vera');
  await anna.accept(/Vera/);
  await anna.say('Hello Vera');
  await visitor.sees('Hello Vera');
  await anna.button('Private').click();
  await expect.poll(() => anna.button('Private').getAttribute('aria-pressed')).toBe('true');
  await anna.page.getByText('Only agents see this').waitFor();
  await anna.say(`${marker} a note for later`);
  const bubble = anna.chat.locator('.message').filter({ hasText: marker });
  await bubble.getByRole('img', { name: 'Private' }).waitFor();
  await expectAccessible(anna.page);

  // Switched off with a text in the box: the text stays, and now goes to the visitor.
  await anna.page.getByRole('textbox', { name: 'Message' }).fill('For you');
  await anna.button('Private').click();
  expect(await anna.page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('For you');
  await anna.page.getByText('What you write now goes to Vera').waitFor();
  await anna.button('Send').click();
  await visitor.sees('For you');

  const bram = await desk.agent('bram');
  await anna.invite({ agent: 'Bram', note: `${marker} why` });
  await bram.accept(/Vera, invitation/);
  await bram.sees(`${marker} a note for later`);
  await bram.button('Private').click();
  await bram.say(`${marker} from Bram`);
  await anna.sees(`${marker} from Bram`);
  await bram.button('Private').click();
  await bram.say('I can help');
  await visitor.sees('I can help');
  await visitor.page.reload();
  await visitor.sees('I can help');
  expect(await visitor.panel.getByText(marker).count()).toBe(0);
  expect(received.join('\n')).toContain('I can help');
  expect(received.join('\n')).not.toContain(marker);
});

test('4, 8: the mode is remembered for each chat, over a reload too', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna');
  const [vera, tom] = [await desk.visitor(), await desk.visitor()];
  await vera.requestAs('Vera');
  await anna.accept(/Vera/);
  await anna.button('Private').click();
  await tom.requestAs('Tom');
  await anna.accept(/Tom/);
  expect(await anna.button('Private').getAttribute('aria-pressed')).toBe('false');
  await anna.openTab(/Vera/);
  expect(await anna.button('Private').getAttribute('aria-pressed')).toBe('true');
  await anna.page.reload();
  await anna.openTab(/Vera/);
  await anna.page.getByText('Only agents see this').waitFor();
  await anna.say(marker);
  await anna.openTab(/Tom/);
  await anna.say('Hello Tom');
  await tom.sees('Hello Tom');
  expect(await vera.panel.getByText(marker).count()).toBe(0);
});
