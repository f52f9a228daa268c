import { expect, test } from 'vitest';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();

const note = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

test('8: an offer, its answer, and what stood in private mode are there after kill -9 and a reload of both sides', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await anna.accept(/Vera/);
  await anna.offer({ title: 'When suits you?', options: ['Today', 'Tomorrow'] });
  await visitor.offer('When suits you?').getByRole('radio', { name: 'Tomorrow' }).check();
  await anna.button('Private').click();
  await anna.say('MARK among us');
  await anna.message('MARK among us').waitFor();

  // Answered while nobody is there to hear it.
  await desk.crash(async () => {
    await visitor.offer('When suits you?').getByRole('button', { name: 'Submit choice' }).click();
    await visitor.page.reload();
  });
  await anna.sees('answered “When suits you?”');
  await Promise.all([anna.page.reload(), visitor.page.reload()]);
  await anna.openTab(/Vera/);
  expect(await anna.chat.getByText('answered “When suits you?”').count()).toBe(1);
  expect(await anna.message('MARK among us').count()).toBe(1);
  expect(await anna.button('Private').getAttribute('aria-pressed')).toBe('true');
  await visitor.sees('Your choice');
  expect(await visitor.panel.getByRole('button', { name: 'Submit choice' }).count()).toBe(0);
  expect(await visitor.panel.getByText('MARK').count()).toBe(0);
});

test('8: an invitation is still open after kill -9, can be accepted, and who meant to leave has left then', async () => {
  const desk = await openDesk({ BALIE_PRESENT_MS: '120000' });
  const anna = await desk.agent('anna');
  const bram = await desk.agent('bram');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await anna.accept(/Vera/);
  await anna.invite({ agent: 'Bram', note: 'You know her lamp', plan: 'Leave' });
  await bram.openTab(/Vera, invitation/);
  await desk.crash();
  await bram.page.reload();
  await bram.openTab(/Vera, invitation/);
  await bram.sees('You know her lamp');
  await bram.accept(/Vera/);
  await visitor.sees('Anna left the chat');
  await bram.say('I am here');
  await visitor.sees('I am here');
  expect(await visitor.message('I am here').count()).toBe(1);
});

test('5, 8: files that were uploaded go with their message after kill -9, once', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await anna.accept(/Vera/);
  await visitor.sees('Anna is here to help you');
  await visitor.panel.locator('input[type=file]').setInputFiles(note('mine.txt', 'From Vera'));
  await visitor.sees('Files ready to send: 1');
  await anna.page.locator('balie-composer input[type=file]').setInputFiles(note('yours.txt', 'From Anna'));
  await expect.poll(() => anna.button('Send').isEnabled()).toBe(true);
  await desk.crash(async () => {
    await visitor.say('Mine');
    await anna.say('Yours');
    await visitor.page.reload();
  });
  const mine = anna.chat.getByRole('link', { name: /mine\.txt/ });
  await mine.waitFor();
  await visitor.panel.getByRole('link', { name: /yours\.txt/ }).waitFor();
  expect([await mine.count(), await visitor.panel.getByRole('link', { name: /mine\.txt/ }).count()]).toEqual([1, 1]);
  const answer = await anna.page.request.get(desk.product.url + (await mine.getAttribute('href')));
  expect(await answer.text()).toBe('From Vera');
});
