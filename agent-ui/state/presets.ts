import type { AgentRef } from '../../protocol/entities.ts';
import type { Preset } from '../../protocol/http.ts';
import type { QueueId } from '../../protocol/ids.ts';
import type { Chat } from './chat.ts';
import { plainLine } from './plain-text.ts';
import { variablesOf } from './variables.ts';

const placeholder = /\{\{\s*([\p{L}\p{N}][\p{L}\p{N} _-]*?)\s*\}\}/gu;

/** What placeholders stand for, by their folded names. */
export type Values = ReadonlyMap<string, string>;

/** Puts in what is known; a placeholder without a value stays as it is, so that it is seen. */
export const fillPlaceholders = (text: string, values: Values): string =>
  text.replace(placeholder, (whole, name: string) => {
    const value = values.get(foldKey(name));
    return value === undefined || value === '' ? whole : plainLine(value);
  });

/** The names of the placeholders that a text still has, each once. */
export const openPlaceholders = (text: string): string[] => [
  ...new Set(Array.from(text.matchAll(placeholder), ([, name = '']) => name)),
];

export const foldKey = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

/** Those for this queue and for all, found by every word of the search in title, folder or text. */
export function findPresets(presets: readonly Preset[], queue: QueueId | null, search: string): Preset[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return presets.filter((preset) => {
    if (preset.queue !== null && preset.queue !== queue) return false;
    const text = `${preset.folder} ${preset.title} ${preset.text}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export interface PresetFolder {
  readonly name: string;
  readonly presets: readonly Preset[];
}

/** What is in no folder comes first; the order within is the administrator's. */
export function inFolders(presets: readonly Preset[]): PresetFolder[] {
  const folders = Map.groupBy(presets, ({ folder }) => folder);
  return Array.from(folders, ([name, inside]) => ({ name, presets: inside })).sort((one, other) =>
    one.name.localeCompare(other.name),
  );
}

/** What is known in this chat, what is verified before what was merely said; `agent` is who writes. */
export function valuesOf(chat: Chat, agent: AgentRef, now: number): Values {
  const values = variablesOf(chat, now).map(({ name, value }) => [foldKey(name), String(value)] as const);
  return new Map([['agent', agent.name], ['queue', chat.queue], ...values]);
}
