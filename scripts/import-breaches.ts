import { posix } from 'node:path';
import { browserParts, forbidden, longestFile, longestTest, plainConstants, type Zone, zones } from './import-rules.ts';

interface Import {
  readonly line: number;
  readonly from: string;
  readonly typesOnly: boolean;
}

/** Static, dynamic and re-exporting imports, as the formatter lays them out. */
const statement = /^\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'/gm;

/** What is wrong with a file, a line each: the file, the line, and the rule. */
export function breachesOf(file: string, text: string): string[] {
  return [
    ...breachesOfSize(file, text),
    ...breachesOfText(file, text),
    ...importsOf(text).flatMap((one) => breachesOfImport(file, one)),
  ];
}

function importsOf(text: string): Import[] {
  return [...text.matchAll(statement)].map((match) => ({
    line: text.slice(0, match.index + match[0].search(/\S/)).split('\n').length,
    from: match[2] ?? match[3] ?? '',
    typesOnly: match[1] !== undefined,
  }));
}

function breachesOfImport(file: string, { line, from, typesOnly }: Import): string[] {
  const zone = zones.find(({ path }) => path.test(file));
  const say = (why: string) => [`${file}:${line} imports '${from}': ${why}`];
  if (!zone) return say('the file is in no zone of scripts/import-rules.ts');
  if (!from.startsWith('.'))
    return fits(zone.platform, from) ? [] : say('not among what its zone may use of the platform');
  if (!/\.(ts|tsx|mjs|json)$|\.\w+\?raw$/.test(from)) return say('relative imports name the file with its extension');
  const target = posix.normalize(posix.join(posix.dirname(file), from));
  if (posix.basename(target) === 'index.ts') return say('no barrels');
  if (!isOwn(zone, file, target)) return say(`its zone may not import ${target}`);
  if (browserParts.test(file) && target.startsWith('protocol/') && !typesOnly && !plainConstants.test(target))
    return say('browsers import types alone from protocol/, but for codes.ts and limits.ts');
  return [];
}

/** A zone is itself and what it says; tests beside a part may import that part. */
function isOwn(zone: Zone, file: string, target: string): boolean {
  const sameZone = zones.find(({ path }) => path.test(target)) === zone;
  const tested = file.includes('/test/') && target.startsWith(file.slice(0, file.indexOf('/test/') + 1));
  return sameZone || tested || fits(zone.own, target);
}

const fits = (patterns: readonly RegExp[], text: string): boolean => patterns.some((pattern) => pattern.test(text));

function breachesOfText(file: string, text: string): string[] {
  return forbidden
    .filter(({ where }) => where.test(file))
    .flatMap(({ text: pattern, why }) => {
      const found = text.match(new RegExp(pattern.source));
      return found ? [`${file}:${text.slice(0, found.index).split('\n').length} holds '${found[0]}': ${why}`] : [];
    });
}

function breachesOfSize(file: string, text: string): string[] {
  const lines = text.split('\n').length - 1;
  const most = file.includes('test') ? longestTest : longestFile;
  return lines > most ? [`${file} has ${lines} lines; ${most} are the most`] : [];
}
