import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { type Desk, useDesk } from './harness/desk.ts';

const openDesk = useDesk();
let folder: string;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balie-files-'));
  const picture = sharp({ create: { width: 320, height: 200, channels: 3, background: '#0a6' } });
  await picture
    .jpeg()
    .withExif({ IFD0: { Artist: 'SECRET-ARTIST' } })
    .toFile(file('lamp.jpg'));
  await writeFile(file('terms.pdf'), '%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
  await writeFile(file('notes.txt'), 'Two lamps');
  await writeFile(file('page.html'), '<script>alert(1)</script>');
  await writeFile(file('large.txt'), Buffer.alloc(20 * 1024 * 1024 + 1, 97));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function chatting(desk: Desk) {
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  return { agent, visitor, attach: agent.page.locator('balie-composer input[type=file]') };
}

test('5: an agent attaches a picture, a PDF and a text with a message; the visitor sees and opens them', async () => {
  const desk = await openDesk();
  const { agent, visitor, attach } = await chatting(desk);
  await agent.button('Attach files').waitFor();
  await attach.setInputFiles([file('lamp.jpg'), file('terms.pdf'), file('notes.txt')]);
  await agent.page.getByRole('button', { name: 'Remove terms.pdf' }).waitFor();
  await expectAccessible(agent.page);
  await agent.say('Here they are');
  await visitor.sees('Here they are');
  const picture = visitor.panel.getByRole('link', { name: /lamp\.jpg/ });
  await picture.waitFor();
  await visitor.panel.getByText('terms.pdf').waitFor();
  await visitor.panel.getByText('notes.txt').waitFor();
  await expectAccessible(visitor.page);
  const address = await picture.getAttribute('href');
  const bytes = Buffer.from(await (await fetch(address ?? '')).arrayBuffer());
  expect((await sharp(bytes).metadata()).width).toBe(320);
  expect(bytes.toString('latin1')).not.toContain('SECRET-ARTIST');
  await agent.chat.getByRole('img', { name: 'lamp.jpg' }).waitFor();
});

test('5: a visitor sends a file, which the agent opens', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  await agent.say('Can you send a picture?');
  await visitor.sees('Can you send a picture?');
  await visitor.button('Attach files').waitFor();
  await visitor.panel.locator('input[type=file]').setInputFiles([file('lamp.jpg'), file('notes.txt')]);
  await visitor.panel.getByText('notes.txt').waitFor();
  await visitor.say('Like this');
  const link = agent.chat.getByRole('link', { name: /notes\.txt/ });
  await link.waitFor();
  await agent.chat.getByRole('img', { name: 'lamp.jpg' }).waitFor();
  const answer = await agent.page.request.get(desk.product.url + (await link.getAttribute('href')));
  expect([answer.status(), await answer.text()]).toEqual([200, 'Two lamps']);
});

test('5: a visitor’s file whose upload is cut off is there still, and goes when it is tried again', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  const uploads = '**/api/visitor/conversations/*/files';
  await visitor.page.route(uploads, (route) => route.abort('connectionreset'));
  const chooser = visitor.page.waitForEvent('filechooser');
  await visitor.button('Attach files').click();
  await (await chooser).setFiles(file('notes.txt'));
  const again = visitor.button('Try notes.txt again');
  await again.waitFor();
  await expectAccessible(visitor.page);
  await visitor.page.unroute(uploads);
  await again.click();
  await again.waitFor({ state: 'hidden' });
  await visitor.panel.getByRole('button', { name: 'Send', exact: true }).click();
  await agent.chat.getByRole('link', { name: /notes\.txt/ }).waitFor();
});

test('5: a sixth file, one too large and one that is not what it may be are refused, with the reason', async () => {
  const desk = await openDesk();
  const { agent, attach } = await chatting(desk);
  await attach.setInputFiles(file('large.txt'));
  await agent.page.getByText('a file has at most 20 MB').waitFor();
  await attach.setInputFiles(Array.from({ length: 6 }, () => file('notes.txt')));
  await agent.page.getByText('five files go with a message at most').waitFor();
  for (let left = 5; left > 0; left--)
    await agent.page.getByRole('button', { name: 'Remove notes.txt' }).first().click();
  await attach.setInputFiles(file('page.html'));
  await agent.page.getByText('Only text, PDF and pictures are taken').waitFor();
  expect(await agent.button('Send').isDisabled()).toBe(true);
  await agent.page.getByText("Take off the file that can't be sent").waitFor();
  expect(await agent.page.getByRole('button', { name: 'Try page.html again' }).count()).toBe(0);
  await agent.page.getByRole('button', { name: 'Remove page.html' }).click();
  await agent.say('Without it');
  await agent.sees('Without it');
});

test('5: an agent drops files on the chat, and pastes them; beside it, a file does not take the place of the console', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  const drag = await agent.page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['From the desktop'], 'dropped.txt', { type: 'text/plain' }));
    return data;
  });
  /** Whether the page keeps what the browser would do with it by itself: open it. */
  const wouldOpen = (target: Locator, type: 'dragover' | 'drop') =>
    target.evaluate(
      (element, { type, drag }) =>
        element.dispatchEvent(
          new DragEvent(type, { dataTransfer: drag, bubbles: true, cancelable: true, composed: true }),
        ),
      { type, drag },
    );
  for (const type of ['dragover', 'drop'] as const) expect(await wouldOpen(agent.details, type)).toBe(false);
  expect(await agent.page.getByText('dropped.txt').count()).toBe(0);
  const composer = agent.page.getByRole('textbox', { name: 'Message' });
  expect(await wouldOpen(composer, 'dragover')).toBe(false);
  await agent.page.locator('balie-conversation-pane[data-drop]').waitFor();
  await wouldOpen(composer, 'drop');
  await agent.page.getByRole('button', { name: 'Remove dropped.txt' }).waitFor();
  expect(await agent.page.locator('[data-drop]').count()).toBe(0);
  await composer.evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(['From the clipboard'], 'pasted.txt', { type: 'text/plain' }));
    field.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }),
    );
  });
  await agent.page.getByRole('button', { name: 'Remove pasted.txt' }).waitFor();
  await agent.say('See these');
  await visitor.panel.getByText('dropped.txt').waitFor();
  await visitor.panel.getByText('pasted.txt').waitFor();
});

test('4, 5: a private file is for agents; when the mode changes it is uploaded again for who is meant now', async () => {
  const desk = await openDesk();
  const { agent, visitor, attach } = await chatting(desk);
  await agent.button('Private').click();
  await attach.setInputFiles(file('notes.txt'));
  await agent.say('A private note');
  const link = agent.chat.getByRole('link', { name: /notes\.txt/ });
  const address = desk.product.url + (await link.getAttribute('href'));
  expect((await agent.page.request.get(address)).status()).toBe(200);
  expect((await visitor.page.request.get(address)).status()).toBe(404);
  expect(await visitor.panel.getByText('notes.txt').count()).toBe(0);

  await attach.setInputFiles(file('terms.pdf'));
  await agent.page.getByRole('button', { name: 'Remove terms.pdf' }).waitFor();
  await agent.button('Private').click();
  await agent.say('For you');
  await visitor.panel.getByText('terms.pdf').waitFor();
});
