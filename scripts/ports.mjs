import { once } from 'node:events';
import { createServer } from 'node:net';
import { fail } from './install.mjs';

/**
 * Both ports are looked at before anything is made, so that nobody waits half a minute, or gets log-ins that are shown
 * only once, for a start that comes to nothing. What is no port at all is left to those who read the settings.
 * @param {{ setting: string, port: string, host: string }[]} wanted
 */
export async function mustBeFree(wanted) {
  const [first, ...others] = wanted;
  const twin = others.find(({ port }) => port === first?.port);
  if (first && twin) fail(`Balie can't start: ${first.setting} and ${twin.setting} are both ${twin.port}.`);
  for (const { setting, port, host } of wanted) {
    if (await isTaken(Number(port), host)) {
      fail(`Balie can't start: port ${port} is taken; choose another with ${setting}.`);
    }
  }
}

/** @param {number} port @param {string} host */
async function isTaken(port, host) {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return false;
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  } finally {
    server.close();
  }
}
