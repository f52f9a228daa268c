import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Agent } from './harness/agent.ts';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();

/** The floor as somebody sees it who oversees queues. */
function floorOf({ page, button }: Agent) {
  const rows = (table: string) => page.getByRole('region', { name: table }).getByRole('row');
  const reading = (name: string) => page.getByRole('heading', { name: `Chat with ${name}` });
  return {
    async open() {
      await button('Floor').click();
      await page.getByRole('heading', { name: 'Floor', exact: true }).waitFor();
      await page.getByRole('region', { name: 'Queues' }).waitFor();
    },
    queue: (name: string) => rows('Queues').filter({ has: page.getByRole('rowheader', { name, exact: true }) }),
    agent: (name: string) => rows('Agents').filter({ has: page.getByRole('rowheader', { name, exact: true }) }),
    chat: (name: string) => rows('open chat').filter({ has: page.getByRole('rowheader', { name, exact: true }) }),
    reading,
    async read(name: string) {
      await page.getByRole('button', { name, exact: true }).click();
      await reading(name).waitFor();
    },
    /** The mark beside what is known of the visitor. */
    known: (value: string, mark: RegExp) =>
      page.getByRole('definition').filter({ hasText: value }).getByRole('img', { name: mark }),
    async whisper(text: string) {
      await page.getByRole('textbox', { name: 'Whisper to the agents' }).fill(text);
      await button('Whisper').click();
    },
    async move(to: string | RegExp) {
      await button('Move…').click();
      const dialog = page.getByRole('dialog', { name: /^Move / });
      const option = dialog.getByRole('option', { name: to });
      await option.waitFor({ state: 'attached' });
      await dialog.getByRole('combobox', { name: 'To' }).selectOption((await option.getAttribute('value')) ?? '');
      await dialog.getByRole('button', { name: 'Move' }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
  };
}

/** What the cells of a row say, once they say it. */
const cells = (row: ReturnType<ReturnType<typeof floorOf>['queue']>) => row.getByRole('cell').allInnerTexts();

test('3: a supervisor sees the numbers of their queues move by themselves, and nothing of other queues', async () => {
  const desk = await openDesk();
  const sofie = await desk.agent('sofie', null);
  const floor = floorOf(sofie);
  await floor.open();
  await expect.poll(() => cells(floor.queue('Support'))).toMatchObject(['0', '–', '0', '– within 60 s', '0', '0', '5']);
  expect(await floor.queue('Sales').count()).toBe(0);
  await expectAccessible(sofie.page);

  const vera = await desk.visitor();
  await vera.requestAs('Vera');
  await floor.chat('Vera').getByRole('cell', { name: 'Waiting' }).waitFor();
  await expect.poll(async () => (await cells(floor.queue('Support')))[0]).toBe('1');
  await floor
    .queue('Support')
    .getByText(/^00:\d\d$/)
    .waitFor();

  const anna = await desk.agent('anna');
  await floor.agent('Anna').getByRole('cell', { name: 'Ready' }).waitFor();
  await anna.accept(/Vera/);
  await floor.chat('Vera').getByRole('cell', { name: 'Chatting' }).waitFor();
  await floor.chat('Vera').getByRole('cell', { name: 'Anna' }).waitFor();
  await floor.agent('Anna').getByRole('cell', { name: '1 of 4' }).waitFor();
  await floor.queue('Support').getByRole('cell', { name: '100% 1 of 1 within 60 s' }).waitFor();
  await anna.pause();
  await floor.agent('Anna').getByRole('cell', { name: 'Paused Short break' }).waitFor();

  await vera.endChat();
  await sofie.page.getByText('No open chats here now.').waitFor();
});

test('3: a chat is read live and whispered in, and the visitor never learns of it', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna');
  const vera = await desk.visitor();
  await vera.requestAs('Vera');
  await anna.accept(/Vera/);
  await vera.say('Can I have a discount?');

  const sofie = await desk.agent('sofie', null);
  const floor = floorOf(sofie);
  await floor.open();
  await floor.read('Vera');
  await sofie.page.getByText('Can I have a discount?').waitFor();
  await anna.say('Let me see');
  await sofie.page.getByText('Let me see').waitFor();
  const margin = { name: 'margin.txt', mimeType: 'text/plain', buffer: Buffer.from('Thirty per cent') };
  await sofie.page.locator('balie-whisper-box input[type=file]').setInputFiles(margin);
  await sofie.page.getByRole('button', { name: 'Remove margin.txt' }).waitFor();
  await expectAccessible(sofie.page);
  await floor.whisper('Ten per cent at most');
  await anna.sees('Ten per cent at most');
  const whisper = anna.chat.locator('.message').filter({ hasText: 'Ten per cent at most' });
  await whisper.getByRole('img', { name: 'Private' }).waitFor();
  const file = await whisper.getByRole('link', { name: /margin\.txt/ }).getAttribute('href');
  expect(await (await anna.page.request.get(desk.product.url + file)).text()).toBe('Thirty per cent');
  await expectAccessible(sofie.page);

  await anna.say('You can have ten per cent');
  await vera.sees('You can have ten per cent');
  expect(await vera.panel.innerText()).not.toMatch(/Sofie|at most|margin/);
  await sofie.page.keyboard.press('Escape');
  await floor.reading('Vera').waitFor({ state: 'hidden' });
  expect(await focused(sofie.page)).toBe('Vera');
});

test('3: who reads sees what is known of the visitor with its locks; who joins is seen, and has the chat as a tab', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna');
  const ada = await desk.visitor();
  await ada.signIn('Ada');
  await ada.open();
  await ada.start();
  await anna.accept(/Ada/);
  const sofie = await desk.agent('sofie', null);
  const floor = floorOf(sofie);
  await floor.open();
  await floor.read('Ada Lovelace');
  await floor.known('ada@lovelace.example', /^Verified by/).waitFor();
  await floor.known('gold', /^Not verified/).waitFor();
  await sofie.button('Join').click();
  await sofie.tab(/Ada/).waitFor();
  await sofie.say('Sofie here, I can help too');
  await ada.sees('Sofie joined the chat.');
  await ada.sees('Sofie here, I can help too');
});

test('3: a chat is moved to a queue, to an agent, and to oneself; the visitor is never left alone', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna', 'Support');
  const vera = await desk.visitor();
  await vera.requestAs('Vera');
  await anna.accept(/Vera/);
  const bram = await desk.agent('bram');
  const admin = await desk.agent('admin', null);
  const floor = floorOf(admin);
  await floor.open();

  await floor.read('Vera');
  await floor.move(/^Sales/);
  await vera.sees('You are waiting for Sales now.');
  await bram.accept(/Vera/);
  await vera.sees('Bram is here to help you.');
  await anna.tab(/Vera/).waitFor({ state: 'hidden' });
  await floor.chat('Vera').getByRole('cell', { name: 'Bram' }).waitFor();

  await floor.move(/^Anna/);
  await anna.tab(/Vera/).click();
  await vera.say('Still there?');
  await bram.sees('Still there?');
  await anna.button('Accept').click();
  await vera.sees('Anna joined the chat.');
  await vera.sees('Bram left the chat.');
  await bram.tab(/Vera/).waitFor({ state: 'hidden' });

  await floor.chat('Vera').getByRole('cell', { name: 'Anna' }).waitFor();
  await floor.move('Me');
  await admin.button('Accept').click();
  await vera.sees('Admin joined the chat.');
  await admin.say('I will see to it');
  await vera.sees('I will see to it');
});

test('3: the floor is not there for agents', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna');
  expect(await anna.button('Floor').count()).toBe(0);
  await anna.page.goto(`${desk.product.url}/console/#/floor`);
  await anna.button('Chats').waitFor();
  expect(await anna.page.getByRole('heading', { name: 'Floor', exact: true }).count()).toBe(0);
});

/** The words of what has the focus, through the shadow roots. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.textContent?.trim();
  });
