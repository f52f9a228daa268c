import { expect, test } from 'vitest';
import { buildApp } from '../../app.ts';
import { openServer } from '../../test/open-server.ts';
import { compileLate } from '../compile-late.ts';

test('no schema waits for its first request to turn out not to compile', async (t) => {
  const { context } = await openServer(t);
  const app = await buildApp(context, {});
  t.onTestFinished(() => app.close());
  await expect(app.ready()).resolves.toBeDefined();
});

test('what is wrong is said of the request that it is wrong in', () => {
  const validate = compileLate.buildValidator(
    {},
    { customOptions: {} },
  )({
    schema: { type: 'object', required: ['name'] },
    method: 'POST',
    url: '/',
  }) as unknown as { (data: unknown): boolean; errors: unknown };
  expect(validate({})).toBe(false);
  expect(validate.errors).toMatchObject([{ keyword: 'required', params: { missingProperty: 'name' } }]);
  expect(validate({ name: 'Ada' })).toBe(true);
  expect(validate.errors).toBeNull();
});
