import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Desk, useDesk } from './harness/desk.ts';

const openDesk = useDesk();

/** A page of the shop's origin that the test writes itself. */
async function hostPage(desk: Desk, context: BrowserContext, page: (tag: string) => string) {
  const { url, key } = desk.product;
  const tag = `<script async src="${url}/balie.js" data-site="${key.siteId}"></script>`;
  await context.route('**/host-page', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Host</title>${page(tag)}` }),
  );
}

function countSockets(page: Page): () => number {
  let sockets = 0;
  page.on('websocket', () => sockets++);
  return () => sockets;
}

test('L003, L004: a whole chat on a page with strict CSP and Trusted Types breaks neither', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) => {
      violations.push(`${violatedDirective} ${sample}`);
    });
  });
  const response = await visitor.visit('/');
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
  expect(policy).not.toContain('unsafe');
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  await visitor.say('https://link.example and *emphasis*');
  await agent.say('Seen');
  await visitor.sees('Seen');
  await visitor.endChat();
  expect(await visitor.page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
  expect(await visitor.page.evaluate('trustedTypes.defaultPolicy')).toBeNull();
});

test('L005: a page gets one global name, and no prototype is touched', async () => {
  const desk = await openDesk();
  const visitor = await desk.visitor('/help');
  await visitor.page.addInitScript(() => {
    const names = () =>
      Object.fromEntries(
        [window, Object, Array, String, Promise, EventTarget, Node, Element, document].map((owner, at) => {
          const object = typeof owner === 'function' ? owner.prototype : owner;
          return [at, Object.getOwnPropertyNames(object).filter((name) => !/^(0|__playwright|__pw)/.test(name))];
        }),
      );
    const before = names();
    Object.assign(window, {
      addedNames: () =>
        Object.entries(names()).flatMap(([at, now]) => now.filter((name) => !before[at]?.includes(name))),
    });
  });
  await visitor.visit('/');
  await visitor.requestAs('Vera');
  const added = await visitor.page.evaluate(() => (window as unknown as { addedNames(): string[] }).addedNames());
  expect(added.filter((name) => name !== 'addedNames')).toEqual(['Balie']);
});

test('L007: on a page whose built-in functions throw, the page itself goes on', async () => {
  const desk = await openDesk();
  const context = await desk.openContext();
  await hostPage(
    desk,
    context,
    (tag) => `<script>
      for (const name of ['fetch', 'WebSocket', 'Promise']) window[name] = function () { throw new Error(name); };
      JSON.parse = () => { throw new Error('JSON.parse'); };
      EventTarget.prototype.addEventListener = () => { throw new Error('addEventListener'); };
    </script>${tag}<script>window.after = 1</script><p>The page</p>`,
  );
  const page = await context.newPage();
  const warnings: string[] = [];
  page.on('console', (message) => warnings.push(message.text()));
  await page.goto(`${desk.product.shopUrl}/host-page`);
  expect(await page.evaluate('window.after')).toBe(1);
  expect(warnings.length).toBeLessThanOrEqual(1);
  await page.getByText('The page').click();
});

test('L008: a hostile stylesheet of the page neither hides nor bends the chat', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const context = await desk.openContext();
  await hostPage(
    desk,
    context,
    (tag) => `<style>
      html { font-size: 1px }
      body * { display: none !important; all: unset !important; transform: scale(0) !important; z-index: -1 !important }
      button, textarea, section, div { opacity: 0 !important; pointer-events: none !important; font-size: 1px !important }
    </style>${tag}`,
  );
  const visitor = await desk.visitorIn(context, '/host-page');
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  await agent.say('Can you read this?');
  const text = visitor.message('Can you read this?');
  await text.waitFor();
  expect(
    await text.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
  ).toBeGreaterThanOrEqual(14);
  for (const target of [visitor.field('Message'), visitor.panel.getByRole('button', { name: 'Minimise chat' })]) {
    const box = await target.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(24);
    await target.click({ trial: true });
  }
});

test('L009: the tag twice, or with two sites, makes one chat with one socket', async () => {
  const desk = await openDesk();
  const context = await desk.openContext();
  // In the order of the page: of tags that race, any may be the first, and that one counts.
  await hostPage(desk, context, (tag) => {
    const another = tag.replace(/data-site="[^"]*"/, 'data-site="another"');
    return `${tag}${tag}${another}`.replaceAll(' async ', ' defer ');
  });
  const visitor = await desk.visitorIn(context, '/host-page');
  const sockets = countSockets(visitor.page);
  const warnings: string[] = [];
  visitor.page.on('console', (message) => warnings.push(message.text()));
  await visitor.visit('/host-page');
  await visitor.open();
  await visitor.panel.getByRole('button', { name: 'Start chat' }).waitFor();
  expect(await visitor.launcher.count()).toBeLessThanOrEqual(1);
  expect(sockets()).toBe(1);
  expect(warnings.filter((text) => /Balie/.test(text))).toHaveLength(2);
});

test("L010: a page's base address leads no request astray", async () => {
  const desk = await openDesk();
  const context = await desk.openContext();
  await hostPage(desk, context, (tag) => `<base href="https://evil.example/">${tag}`);
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  const visitor = await desk.visitorIn(context, '/host-page');
  await visitor.open();
  await visitor.panel.getByRole('button', { name: 'Start chat' }).waitFor();
  expect(asked.filter((url) => url.includes('evil'))).toEqual([]);
});

test('9, L014: before the chat is opened there is one request, and nothing is stored', async () => {
  const desk = await openDesk();
  const context = await desk.openContext();
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  const visitor = await desk.visitorIn(context, '/');
  const sockets = countSockets(visitor.page);
  await visitor.page.reload();
  await visitor.launcher.waitFor();
  expect(asked.filter((url) => url.startsWith(desk.product.url))).toHaveLength(2);
  expect(asked.every((url) => url.endsWith('/balie.js') || url.startsWith(desk.product.shopUrl))).toBe(true);
  expect(sockets()).toBe(0);
  const stored = () =>
    visitor.page.evaluate(async () => ({
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: await caches.keys(),
    }));
  const nothing = { local: {}, session: {}, databases: [], caches: [] };
  expect(await stored()).toEqual(nothing);
  await visitor.open();
  await visitor.panel.getByRole('button', { name: 'Start chat' }).waitFor();
  expect(await stored()).toEqual(nothing);
  expect(await context.cookies()).toEqual([]);
});

test('L014: no cookie is set, and no address holds a secret, in a whole chat', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const context = await desk.openContext();
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  const visitor = await desk.visitorIn(context, '/');
  visitor.page.on('websocket', (socket) => asked.push(socket.url()));
  await visitor.signIn('Ada');
  await visitor.open();
  await visitor.start();
  await agent.accept(/Ada/);
  await visitor.say('Hello');
  await agent.sees('Hello');
  const cookies = await context.cookies();
  expect(cookies.map(({ name }) => name)).toEqual(['gloed_session']);
  const stored = await visitor.page.evaluate(() => Object.values(localStorage).join(' '));
  const secrets = stored.match(/[\w-]{43}/g) ?? [];
  expect(secrets.length).toBeGreaterThan(0);
  for (const secret of [...secrets, 'eyJ']) expect(asked.join(' ')).not.toContain(secret);
});

test('L015: where the browser stores nothing, the chat works for as long as the page lives', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor('/help');
  await visitor.page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('The quota is 0.', 'QuotaExceededError');
    };
    Storage.prototype.setItem = refuse;
    Storage.prototype.getItem = refuse;
    IDBFactory.prototype.open = refuse;
  });
  await visitor.visit('/');
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  await visitor.say('From a private window');
  await agent.sees('From a private window');
  await visitor.page.reload();
  await visitor.launcher.waitFor();
});

test('L017: a page whose chat backend is down loads as ever', async () => {
  const desk = await openDesk();
  const visitor = await desk.visitor();
  await desk.product.kill();
  await visitor.page.reload({ waitUntil: 'load' });
  await visitor.page.getByRole('heading', { level: 1 }).waitFor();
});

test('L017: a chat that is opened while the backend is down says so, retries without haste, and then works', async () => {
  const desk = await openDesk();
  const visitor = await desk.visitor();
  await visitor.launcher.waitFor();
  await desk.product.kill();
  const tries: number[] = [];
  visitor.page.on('request', (request) => tries.push(request.timing().startTime));
  await visitor.launcher.click();
  await visitor.page
    .getByText(/can't|cannot|unreachable|try/i)
    .first()
    .waitFor();
  await desk.product.start();
  await visitor.launcher.click();
  await visitor.panel.getByRole('button', { name: 'Start chat' }).waitFor();
});
