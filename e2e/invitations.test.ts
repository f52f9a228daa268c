import { expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();

test('3: a colleague is invited by name, sees who, why and the chat so far, and joins; both stay', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await anna.accept(/Vera/);
  await visitor.say('Can the Heron be repaired?');
  await anna.sees('repaired');
  const bram = await desk.agent('bram');
  await anna.button('Invite').click();
  await anna.page.getByRole('radio', { name: /^Bram.*Ready/ }).waitFor();
  await expectAccessible(anna.page);
  await anna.page.getByRole('dialog', { name: 'Invite' }).getByRole('button', { name: 'Cancel' }).click();
  await anna.invite({ agent: 'Bram', note: 'You know the Heron' });
  await anna.page.getByText('Bram is invited').waitFor();
  expect(await anna.button('Invite').isDisabled()).toBe(true);

  await bram.openTab(/Vera, invitation/);
  await bram.chat.getByText('Anna invites you to the chat with Vera').waitFor();
  await bram.chat.getByText('You know the Heron').first().waitFor();
  await bram.chat.getByText('Can the Heron be repaired?').waitFor();
  await bram.page.getByRole('timer', { name: /seconds? left to accept/ }).waitFor();
  await expectAccessible(bram.page);
  await bram.button('Accept').click();
  await bram.say('It can, by me');
  await visitor.sees('Bram joined the chat');
  await visitor.sees('It can, by me');
  expect(await visitor.panel.getByText('You know the Heron').count()).toBe(0);
  await anna.say('There you are');
  await visitor.sees('There you are');

  await anna.button('Leave chat').click();
  await expect.poll(() => anna.tab(/Vera/).count()).toBe(0);
  await visitor.sees('Anna left the chat');
  await visitor.say('Thank you both');
  await bram.sees('Thank you both');
});

test('3: who means to leave stays until somebody has joined, and is told when nobody does', async () => {
  const desk = await openDesk({ BALIE_PRESENT_MS: '4000' });
  const anna = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await anna.accept(/Vera/);
  const bram = await desk.agent('bram');
  await anna.invite({ agent: 'Bram', plan: 'Leave' });
  await bram.decline(/Vera, invitation/);
  await anna.chat.getByText('The invitation was declined').waitFor();
  await anna.say('I am still here');
  await visitor.sees('I am still here');

  await anna.invite({ agent: 'Bram', plan: 'Leave' });
  await bram.tab(/Vera, invitation/).waitFor();
  await anna.chat.getByText('The invitation was not answered in time').waitFor();
  await expect.poll(() => bram.tab(/Vera/).count()).toBe(0);

  await anna.invite({ agent: 'Bram', plan: 'Leave' });
  await bram.accept(/Vera, invitation/);
  await expect.poll(() => anna.tab(/Vera/).count()).toBe(0);
  await visitor.sees('Anna left the chat');
  await visitor.say('Hello Bram');
  await bram.sees('Hello Bram');
});

test('3: of a queue one after the other is asked; an invitation can be withdrawn', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await anna.accept(/Vera/);
  const colleagues = [await desk.agent('bram', 'Support'), await desk.agent('chloe', 'Support')];
  await anna.invite({ queue: 'Support', note: 'Anybody?' });
  const asked = await Promise.any(
    colleagues.map(async (one) => {
      await one.tab(/Vera, invitation/).waitFor();
      return one;
    }),
  );
  const other = colleagues.find((one) => one !== asked);
  await asked.decline(/Vera, invitation/);
  await other?.tab(/Vera, invitation/).waitFor();
  await anna.page.getByRole('button', { name: 'Withdraw invitation' }).click();
  await expect.poll(() => other?.tab(/Vera/).count()).toBe(0);
  await anna.chat.getByText('The invitation was withdrawn').waitFor();

  await anna.invite({ queue: 'Support' });
  await Promise.all(colleagues.map((one) => one.decline(/Vera, invitation/)));
  await anna.chat.getByText('Nobody was free to join').waitFor();
});
