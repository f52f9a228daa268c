import { describe, expect, test } from 'vitest';
import { breachesOf } from '../import-breaches.ts';

describe('the import rules', () => {
  test.each([
    ['server/domain/decide.ts', "import { readFile } from 'node:fs/promises';"],
    ['server/domain/decide.ts', "import type { Store } from '../store/store.ts';"],
    ['server/desk/execute.ts', "import { openStore } from '../store/open-store.ts';"],
    ['server/store/log.ts', "import { createDesk } from '../desk/create-desk.ts';"],
    ['server/realtime/feed.ts', "import Fastify from 'fastify';"],
    ['server/routes/site-routes.ts', "import { sql } from 'kysely';"],
    ['protocol/frames.ts', "import { limits } from '../client/outbox.ts';"],
    ['protocol/frames.ts', "import { randomBytes } from 'node:crypto';"],
    ['client/outbox.ts', "import { h } from 'preact';"],
    ['widget/loader.ts', "import { limits } from '../protocol/limits.ts';"],
    ['widget/api.ts', "import { Token } from '../protocol/frames.ts';"],
    ['widget/api.ts', "import { openStore } from '../server/store/open-store.ts';"],
    ['widget/api.ts', "const chat = () => import('../agent-ui/texts.ts');"],
    ['widget/sign/sign-visitor.ts', "import { limits } from '../../protocol/limits.ts';"],
    ['agent-ui/state/desk.ts', "import { tabs } from '../components/chat-list.ts';"],
    ['agent-ui/components/chat-list.ts', "export { x } from '../../widget/api.ts';"],
    ['examples/shop/shop.ts', "import { limits } from '../../protocol/limits.ts';"],
    ['server/desk/execute.ts', "import { decide } from '../domain/decide';"],
    ['server/desk/execute.ts', "import { decide } from '../domain/index.ts';"],
    ['nowhere/file.ts', "import { x } from './y.ts';"],
    ['server/desk/execute.ts', 'const id = Math.random();'],
    ['server/desk/execute.ts', 'const level = process.env.LEVEL;'],
    ['server/desk/execute.ts', 'const theirs = heads.filter(async (head) => mayRead(head));'],
    ['server/store/agents.ts', 'const where = sql.raw(condition);'],
    ['widget/ui/panel.tsx', 'node.innerHTML = text;'],
    ['client/outbox.ts', '\n'.repeat(301)],
  ])('%s may not hold: %s', (file, text) => {
    expect(breachesOf(file, `${text}\n`)).toHaveLength(1);
  });

  test.each([
    ['server/desk/execute.ts', "import { decide } from '../domain/decide.ts';"],
    ['server/desk/execute.ts', "import type { Store } from '../store/store.ts';"],
    ['widget/api.ts', "import type { Token } from '../protocol/frames.ts';"],
    ['widget/api.ts', "import { limits } from '../protocol/limits.ts';"],
    ['server/desk/test/restart.test.ts', "import { openStore } from '../../store/open-store.ts';"],
    ['examples/shop/shop.ts', "import { signVisitor } from '@balie/widget/sign';"],
    ['server/config.ts', 'const level = process.env.LEVEL;'],
  ])('%s may hold: %s', (file, text) => {
    expect(breachesOf(file, `${text}\n`)).toEqual([]);
  });

  test('a breach names the file and the line', () => {
    const text = "import { a } from './a.ts';\n\nimport {\n  b,\n} from 'kysely';\n";
    expect(breachesOf('server/desk/execute.ts', text)[0]).toMatch(/^server\/desk\/execute\.ts:3 /);
  });
});
