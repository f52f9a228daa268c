import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { beforeAll, expect, onTestFinished } from 'vitest';
import { createAgent } from './agent.ts';
import { type Product, password } from './product.ts';
import { openStage } from './stage.ts';
import { createVisitor } from './visitor.ts';
import { patience, watch } from './watched-page.ts';

export type AgentName = 'admin' | 'anna' | 'bram' | 'chloe' | 'sofie';

/**
 * Called at the top of a test file; what comes back opens the desk for one test, on a fresh data folder:
 * `const desk = await openDesk()`, with settings of the server where the test needs its own.
 */
export function useDesk(): (env?: Record<string, string>) => Promise<Desk> {
  // Here, and not in the first test, so that its time is not taken for the test's.
  beforeAll(async () => void (await openStage()));

  return async (env = {}) => {
    const { browser, product } = await openStage();
    await product.renew(env);
    const desk = createDesk(browser, product);
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') await desk.report(task.name);
      await desk.close();
    });
    return desk;
  };
}

function createDesk(browser: Browser, product: Product) {
  const contexts: { context: BrowserContext; problems: readonly string[] }[] = [];

  async function openContext(options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    const { problems } = watch(context);
    contexts.push({ context, problems });
    return context;
  }

  async function visitorIn(context: BrowserContext, path: string) {
    const visitor = createVisitor(context, patience(await context.newPage()), product.shopUrl);
    await visitor.visit(path);
    return visitor;
  }

  return {
    product,
    openContext,
    /** A browser whose pages may run against their policy, for a test that makes them. */
    async openUnwatched() {
      const context = await browser.newContext();
      contexts.push({ context, problems: [] });
      return context;
    },
    /** A visitor with a browser of their own. */
    visitor: async (path = '/', options: BrowserContextOptions = {}) => visitorIn(await openContext(options), path),
    /** A visitor, or a further tab of one, in a browser that is there. */
    visitorIn,
    /** An agent with a browser of their own, who finds themselves signed in; ready too unless the profile is null. */
    async agent(name: AgentName, profile: string | null = 'Everything', options: BrowserContextOptions = {}) {
      const context = await openContext({ viewport: { width: 1280, height: 800 }, ...options });
      const agent = createAgent(context, patience(await context.newPage()), product.url);
      const data = { email: `${name}@balie.example`, password };
      expect((await context.request.post(`${product.url}/api/session`, { data })).status()).toBe(200);
      await agent.comeIn();
      if (profile) {
        await agent.chooseProfile(profile);
        await agent.beReady();
      }
      return agent;
    },
    /** Somebody who has only an address. */
    async stranger(address: string, options: BrowserContextOptions = {}) {
      const context = await openContext(options);
      const page = patience(await context.newPage());
      await page.goto(address);
      return { context, page };
    },
    /** `kill -9`, and a new process. The browsers hear that the network is back, so that no test waits out a back-off. */
    async crash(meanwhile: () => Promise<unknown> = async () => {}) {
      await product.kill();
      await meanwhile();
      await product.start();
      await Promise.all(contexts.map(({ context }) => online(context)));
    },
    /** What there was to see when a test failed: pictures of all pages, and the last lines that the product printed. */
    async report(test: string) {
      const folder = join(tmpdir(), 'balie-e2e', test.replaceAll(/\W+/g, '-'));
      const pages = contexts.flatMap(({ context }) => context.pages());
      await Promise.all(pages.map((page, at) => page.screenshot({ path: join(folder, `${at + 1}.png`) })));
      console.error(`Pictures: ${folder}\n${product.output().split('\n').slice(-20).join('\n')}`);
    },
    async close() {
      await Promise.all(contexts.map(({ context }) => context.close()));
      expect(contexts.flatMap(({ problems }) => problems)).toEqual([]);
    },
  };
}

async function online(context: BrowserContext) {
  await context.setOffline(true);
  await context.setOffline(false);
}

export type Desk = Awaited<ReturnType<typeof createDesk>>;
