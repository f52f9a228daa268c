import { describe, expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';
import { change } from './harness/set-up.ts';

const openDesk = useDesk();
const never = { timeZone: 'UTC', week: [], holidays: [] };

describe('1: a desk that is closed', () => {
  test('takes a message where the queue wants one, and shows it in the chat log', async () => {
    const desk = await openDesk();
    const admin = await desk.agent('admin', null);
    await change(admin.page, 'PATCH', '/queues/support', { hours: never, whenClosed: { do: 'form' } });

    const visitor = await desk.visitor();
    await visitor.open();
    await visitor.page.getByText('We are closed right now.').waitFor();
    await visitor.page.getByRole('textbox', { name: 'Name' }).fill('Vera');
    await visitor.page.getByRole('textbox', { name: 'E-mail' }).fill('vera@visitor.example');
    await visitor.page.getByRole('textbox', { name: 'Your message' }).fill('Do you ship to Texel?');
    await expectAccessible(visitor.page);
    await visitor.page.getByRole('button', { name: 'Leave message' }).click();
    await visitor.page.getByText('We have your message, and will get back to you.').waitFor();

    await admin.button('Chat log').click();
    await admin.page.getByRole('button', { name: /^Vera/ }).click();
    const chat = admin.page.getByRole('region', { name: 'The chat' });
    await chat.getByText('Do you ship to Texel?').waitFor();
    await chat.getByText('Vera left a message; nobody was there.').waitFor();
  });

  test('sends visitors on to another queue, tells them the hours, or asks them to sign in, as it is set', async () => {
    const desk = await openDesk();
    const admin = await desk.agent('admin', null);
    const anna = await desk.agent('anna');
    await change(admin.page, 'PATCH', '/queues/support', { hours: never, whenClosed: { do: 'queue', queue: 'sales' } });
    await change(admin.page, 'PATCH', '/queues/sales', {
      welcome: 'Welcome to Sales!',
      waiting: 'Have your order at hand.',
    });
    const visitor = await desk.visitor();
    await visitor.requestAs('Vera');
    await visitor.page.getByText('Have your order at hand.').waitFor();
    await anna.accept(/Vera/);
    await visitor.sees('Welcome to Sales!');
    await anna.page.getByText('Sales').first().waitFor();
    await visitor.endChat();

    const hours = {
      timeZone: 'UTC',
      week: [{ day: ((new Date().getUTCDay() + 1) % 7) + 1, from: '09:00', to: '17:00' }],
      holidays: [],
    };
    await change(admin.page, 'PATCH', '/queues/support', { hours, whenClosed: { do: 'hours' } });
    const late = await desk.visitor();
    await late.open();
    await late.page.getByText(/^We are open again on/).waitFor();
    expect(await late.page.getByRole('button', { name: 'Start chat' }).count()).toBe(0);

    await change(admin.page, 'PATCH', '/queues/support', { hours: null, verifiedOnly: true });
    const stranger = await desk.visitor();
    await stranger.open();
    await stranger.page.getByText('Please sign in on this site to chat with us.').waitFor();
    await stranger.signIn('Ada');
    await stranger.open();
    await stranger.start();
    await anna.accept(/Ada/);
  });
});
